"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0: 3.19 tool components, 3.27 results, 3.35 suppressions.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tantam import __version__
from tantam.cli.findings import reason
from tantam.plan.checks import CODES, Checked, SetAside
from tantam.plan.checks.described import ERROR, anchor
from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.words import catalogue, say

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_sarif(checked: Checked, lang: str) -> str:
    """Return one run with a rule for every code found; what the plan sets aside is suppressed, with its reason."""
    found = [(each, None) for each in checked.findings] + [(each.finding, each) for each in checked.set_aside]
    codes = list(dict.fromkeys(finding.code for finding, _ in found))
    driver = {
        "name": "tantam",
        "version": __version__,
        "semanticVersion": __version__,
        "language": lang,
        "rules": [_rule(code, lang) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each.code), lang, aside) for each, aside in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str, lang: str) -> dict[str, Any]:
    """Return what a code means. Braces in its sentence stand for what each finding fills in."""
    weights = CODES.get(code, ERROR)
    sentence = _template(code, lang)
    remedy = _template(f"{code}_remedy", lang) or sentence
    page = anchor(code, weights)
    return {
        "id": code,
        "shortDescription": {"text": sentence},
        "help": {"text": remedy, "markdown": f"{remedy}\n\n`{page}`"},
        "defaultConfiguration": {"level": LEVELS[weights[0]]},
        "properties": {"documentation": page},
    }


def _template(key: str, lang: str) -> str:
    sentences = catalogue().get(key, {})
    return sentences.get(lang, sentences.get("en", ""))


def _result(finding: Finding, rule: int, lang: str, aside: SetAside | None) -> dict[str, Any]:
    logical = [{"fullyQualifiedName": finding.clause, "kind": "member"}] if finding.clause else []
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": " ".join(filter(None, (finding.sentence(lang), finding.next_step(lang))))},
        "locations": [{"physicalLocation": _physical(finding.place), "logicalLocations": logical}],
        "partialFingerprints": {"clause/v1": _fingerprint(finding)},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(each), "message": {"text": say("see_also", lang)}}
            for number, each in enumerate(finding.related, start=1)
        ]
    if finding.counterexample:
        result["properties"] = {"counterexample": dict(finding.counterexample)}
    if aside is not None:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": reason(aside, lang)}]
    return result


def _physical(place: Place) -> dict[str, Any]:
    path = Path(place.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {"artifactLocation": {"uri": uri}, "region": {"startLine": place.line, "startColumn": place.column}}


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same when lines move: the code, the clause, and what the sentence fills in."""
    said = json.dumps([finding.code, finding.clause, dict(finding.args)], default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
