"""Findings as the command line prints them: text for people, JSON and SARIF for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

import typer

from tantam import __version__
from tantam.plan.errors import Finding, Severity
from tantam.plan.words import say

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
INDENT = "    "


def print_findings(findings: Sequence[Finding], lang: str, to: TextIO) -> None:
    """Print the findings as text, in colour if `to` is a terminal and NO_COLOR is not set."""
    colored = to.isatty() and not os.environ.get("NO_COLOR")
    typer.echo(as_text(findings, lang), file=to, color=colored)


def as_text(findings: Iterable[Finding], lang: str) -> str:
    """Return `file:line:column: weight CODE sentence` a finding, then what else shows it, and what to do next.

    The weight is in colour; `typer.echo` takes that away where it is not wanted.
    """
    lines = []
    for each in findings:
        weight = typer.style(say(f"WEIGHT_{each.severity}", lang), fg=COLORS[each.severity], bold=True)
        lines.append(f"{each.place}: {weight} {each.code} {each.sentence(lang)}")
        if shown := _more_than_said(each):
            lines.append(INDENT + say("finding_example", lang, case=shown))
        if step := each.next_step(lang):
            lines.append(f"{INDENT}→ {step}")
    return "\n".join(lines)


def counted(findings: Iterable[Finding], lang: str) -> str:
    """Return how many findings of each weight there are, or that there is none."""
    weights = [each.severity for each in findings]
    parts = []
    for severity in Severity:
        if count := weights.count(severity):
            one, _, several = say(f"count_{severity}", lang, count=count).partition("|")
            parts.append(one if count == 1 else several or one)
    return ", ".join(parts) if parts else say("count_nothing", lang)


def _more_than_said(finding: Finding) -> str:
    """Return the case that shows the finding, "" where the sentence says all of it."""
    said = str(finding.args.get("case", "")).replace("= ?", "= ~").split(", ")
    case = [f"{term} = {value}" for term, value in finding.counterexample.items()]
    return "" if sorted(said) == sorted(", ".join(case).split(", ")) else ", ".join(case)


def as_json(findings: Iterable[Finding], lang: str) -> str:
    """Return the findings as a JSON list."""
    return json.dumps([_plain(each, lang) for each in findings], ensure_ascii=False, indent=2, default=str)


def as_sarif(findings: Iterable[Finding], lang: str) -> str:
    """Return the findings as SARIF 2.1.0, which code hosts show beside the lines."""
    found = list(findings)
    rules = [{"id": code} for code in dict.fromkeys(each.code for each in found)]
    driver = {"name": "tantam", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "results": [_result(each, lang) for each in found]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _plain(finding: Finding, lang: str) -> dict[str, Any]:
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
    }


def _result(finding: Finding, lang: str) -> dict[str, Any]:
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    region = {"startLine": finding.place.line, "startColumn": finding.place.column}
    where = {"artifactLocation": {"uri": Path(finding.place.file).as_posix()}, "region": region}
    logical = [{"fullyQualifiedName": finding.clause}] if finding.clause else []
    return {
        "ruleId": finding.code,
        "level": levels[finding.severity],
        "message": {"text": " ".join(filter(None, (finding.sentence(lang), finding.next_step(lang))))},
        "locations": [{"physicalLocation": where, "logicalLocations": logical}],
    }
