"""`tantam check`: what is wrong with a plan. Exit 0 clean, 1 errors or warnings, 2 unreadable; notes never fail."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.findings import as_json, as_sarif, counted, print_findings
from tantam.cli.plans import UNREADABLE, language
from tantam.plan.errors import Finding, PlanUnreadable, Severity
from tantam.plan.sections import read


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


def check(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    format: Annotated[Format, typer.Option(help="How to print the findings.")] = Format.TEXT,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Say what is wrong with a plan, or could be: gaps, overlaps, dead rows, promises that cannot be kept."""
    lang = language(lang)
    try:
        findings, code = _checked(plan)
    except PlanUnreadable as unreadable:
        findings, code = unreadable.findings, UNREADABLE
    match format:
        case Format.JSON:
            print(as_json(findings, lang))
        case Format.SARIF:
            print(as_sarif(findings, lang))
        case Format.TEXT:
            if findings:
                print_findings(findings, lang, sys.stdout)
            print(f"{plan}: {counted(findings, lang)}")
    raise typer.Exit(code)


def _checked(path: Path) -> tuple[tuple[Finding, ...], int]:
    """Return all findings in order of place, and the exit code."""
    plan = read(path)
    from tantam.plan.checks import check as checked

    findings = tuple(checked(plan, datetime.now(UTC)))
    return findings, 1 if any(each.severity is not Severity.NOTE for each in findings) else 0
