"""What the plan's commands share: reading a plan or ending with its findings, and saying findings in three forms."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from tantam import __version__
from tantam.plan.errors import BadFact, Finding, PlanUnreadable, Severity, TantamError, UnknownName, shown
from tantam.plan.files import listed, nearest
from tantam.plan.sections import Plan, read
from tantam.plan.words import LANGUAGES, Key, say

UNREADABLE = 2


def language(asked: str) -> str:
    """Return the language asked for; "" is the terminal's. Ends with 2 if it is not vi, de or en."""
    if asked and asked not in LANGUAGES:
        raise stop(UnknownName("language", asked, LANGUAGES), usual_language())
    return asked or usual_language()


def usual_language() -> str:
    """Return the language of the terminal (LC_ALL, LC_MESSAGES, LANG) if it is vi, de or en, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if code := os.environ.get(name, "")[:2]:
            return code if code in LANGUAGES else "en"
    return "en"


def plan_or_exit(path: Path, lang: str) -> Plan:
    """Return the plan; if it cannot be read, say why on standard error and end with 2."""
    try:
        return read(path)
    except PlanUnreadable as unreadable:
        print(as_text(unreadable.findings, lang), file=sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable


def stop(problem: TantamError, lang: str) -> typer.Exit:
    """Say what is wrong with the command's input; return the exit to raise."""
    print(_sentence(problem, lang), file=sys.stderr)
    return typer.Exit(UNREADABLE)


def _sentence(problem: TantamError, lang: str) -> str:
    match problem:
        case UnknownName(kind=kind, name=name, allowed=allowed):
            near = nearest(name, allowed)
            args = {"kind": Key(f"KIND_{kind}"), "name": name, "nearest": near, "allowed": listed(allowed)}
            return say("U_name_near" if near else "U_name", lang, **args)
        case BadFact(term=term, got=got, allowed=allowed):
            return say("U_fact", lang, term=term, got=shown(got).strip("'"), allowed=allowed)
        case _:
            return str(problem)


def as_text(findings: Iterable[Finding], lang: str) -> str:
    """Return one line a finding, `file:line:column: severity CODE sentence`, then its counterexample and next step."""
    lines = []
    for each in findings:
        lines.append(f"{each.place}: {each.severity} {each.code} {each.sentence(lang)}")
        if each.counterexample:
            lines.append("    " + ", ".join(f"{term} = {value}" for term, value in each.counterexample.items()))
        if step := each.next_step(lang):
            lines.append("    " + step)
    return "\n".join(lines)


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
