"""Findings as a JSON list, for programs: those that count, then those that the plan sets aside."""

from __future__ import annotations

import json
from typing import Any

from tantam.cli.findings import reason
from tantam.plan.checks import CODES, Checked
from tantam.plan.checks.described import ERROR, anchor
from tantam.plan.errors import Finding


def as_json(checked: Checked, lang: str) -> str:
    """Return all findings; `set_aside` has the reason why one does not count, "" if it does."""
    found = [_plain(each, lang, "") for each in checked.findings]
    found += [_plain(each.finding, lang, reason(each, lang)) for each in checked.set_aside]
    return json.dumps(found, ensure_ascii=False, indent=2, default=str)


def _plain(finding: Finding, lang: str, because: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "clause": finding.clause,
        "sentence": finding.sentence(lang),
        "next_step": finding.next_step(lang),
        "counterexample": dict(finding.counterexample),
        "args": dict(finding.args),
        "documentation": anchor(finding.code, CODES.get(finding.code, ERROR)),
        "set_aside": because,
    }
