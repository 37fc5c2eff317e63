"""Findings as the workflow commands that GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tantam.plan.errors import Finding, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
IN_PROPERTY = {**IN_MESSAGE, ":": "%3A", ",": "%2C"}


def as_annotations(findings: Iterable[Finding], lang: str) -> str:
    """Return `::error file=…,line=…,col=…,title=…::…`, a line each; nothing in a finding can end its command early."""
    return "\n".join(_annotation(each, lang) for each in findings)


def _annotation(finding: Finding, lang: str) -> str:
    place = finding.place
    properties = {
        "file": Path(place.file).as_posix(),
        "line": str(place.line),
        "col": str(place.column),
        "title": " ".join(filter(None, (finding.code, finding.clause))),
    }
    told = ",".join(f"{name}={_escaped(value, IN_PROPERTY)}" for name, value in properties.items())
    said = "\n".join(filter(None, (finding.sentence(lang), finding.next_step(lang))))
    return f"::{COMMANDS[finding.severity]} {told}::{_escaped(said, IN_MESSAGE)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(each, each) for each in text)
