"""`tantam check`: what is wrong with a plan. Exit 0 clean, 1 errors or warnings, 2 unreadable; notes never fail."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tantam.cli.findings import counted, print_findings, print_text, set_aside_text
from tantam.cli.plans import UNREADABLE, language
from tantam.plan.errors import Finding, PlanUnreadable, Severity
from tantam.plan.sections import read

if TYPE_CHECKING:
    from tantam.plan.checks import Checked, SetAside


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def check(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    format: Annotated[Format, typer.Option(help="How to print the findings.")] = Format.TEXT,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Say what is wrong with a plan, or could be: gaps, overlaps, dead rows, promises that cannot be kept."""
    lang = language(lang)
    aside: tuple[SetAside, ...] = ()
    try:
        found = _checked(plan)
        findings, aside = found.findings, found.set_aside
        code = 1 if any(each.severity is not Severity.NOTE for each in findings) else 0
    except PlanUnreadable as unreadable:
        findings, code = unreadable.findings, UNREADABLE
    match format:
        case Format.JSON | Format.SARIF:
            print(_for_programs(format, findings, aside, lang))
        case Format.GITHUB:
            _print_for_github(findings, lang)
        case Format.TEXT:
            if findings:
                print_findings(findings, lang, sys.stdout)
    if format in (Format.TEXT, Format.GITHUB):
        if aside:
            print_text(set_aside_text(aside, lang), sys.stdout)
        print(f"{plan}: {counted(findings, lang)}")
    raise typer.Exit(code)


def _checked(path: Path) -> Checked:
    plan = read(path)
    from tantam.plan.checks import checked  # a plan that cannot be read needs none of them

    return checked(plan, datetime.now(UTC))


def _for_programs(format: Format, findings: tuple[Finding, ...], aside: tuple[SetAside, ...], lang: str) -> str:
    from tantam.cli.findings_json import as_json
    from tantam.cli.sarif import as_sarif
    from tantam.plan.checks import Checked

    found = Checked(findings, aside)
    return as_json(found, lang) if format is Format.JSON else as_sarif(found, lang)


def _print_for_github(findings: tuple[Finding, ...], lang: str) -> None:
    from tantam.cli.annotations import as_annotations

    if findings:
        print(as_annotations(findings, lang))
