"""`tantam check`: what is wrong with a plan. Exit 0 clean, 1 errors or warnings, 2 unreadable; notes never fail."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.annotations import as_annotations
from tantam.cli.ends import UNREADABLE, language
from tantam.cli.findings import counted, print_findings, print_text, set_aside_text
from tantam.cli.findings_json import as_json
from tantam.cli.sarif import as_sarif
from tantam.plan.checks import Checked, checked
from tantam.plan.errors import PlanUnreadable, Severity
from tantam.plan.sections import read


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
    found, code = _checked(plan)
    match format:
        case Format.JSON:
            print(as_json(found, lang))
        case Format.SARIF:
            print(as_sarif(found, lang))
        case Format.GITHUB:
            if found.findings:
                print(as_annotations(found.findings, lang))
            _print_rest(plan, found, lang)
        case Format.TEXT:
            if found.findings:
                print_findings(found.findings, lang, sys.stdout)
            _print_rest(plan, found, lang)
    raise typer.Exit(code)


def _checked(path: Path) -> tuple[Checked, int]:
    """Return what was found, and the exit code."""
    try:
        found = checked(read(path), datetime.now(UTC))
    except PlanUnreadable as unreadable:
        return Checked(unreadable.findings), UNREADABLE
    return found, int(any(each.severity is not Severity.NOTE for each in found.findings))


def _print_rest(plan: Path, found: Checked, lang: str) -> None:
    """Print what the plan sets aside, and how many findings there are."""
    if found.set_aside:
        print_text(set_aside_text(found.set_aside, lang), sys.stdout)
    print(f"{plan}: {counted(found.findings, lang)}")
