"""`tantam enact`: puts a plan in force. Exit 0 in force, 1 it has errors, 2 it or the instant cannot be read."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from tantam.cli import ready
from tantam.cli.ends import usual_language
from tantam.cli.findings import print_findings
from tantam.cli.instants import instant_or_exit
from tantam.cli.plans import plan_or_exit
from tantam.plan.sections import Plan
from tantam.plan.words import say

HAS_ERRORS = 1


def enact(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    from_: Annotated[
        str, typer.Option("--from", metavar="INSTANT", help="2026-12-01 or 2026-12-01T08:00, in the plan's time zone.")
    ] = "",
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Check a plan, freeze it with its holidays, give it a number, and put it in force, now or from an instant on.

    Errors keep it from being enacted; warnings are shown.
    """
    lang = lang or usual_language()
    read = plan_or_exit(plan, lang)
    at = instant_or_exit(from_, read.zone, lang) if from_ else None
    ready.set_up()
    ready.prepare()
    _enact(read, at, lang)


def _enact(plan: Plan, at: datetime | None, lang: str) -> None:
    from tantam.desk.plans import PlanHasFindings, actions

    try:
        row = actions.enact(plan, at=at)
    except PlanHasFindings as found:
        print_findings(found.findings, lang, sys.stderr)
        raise typer.Exit(HAS_ERRORS) from found
    if warnings := actions.findings_of(plan, row.enacted_at):
        print_findings(warnings, lang, sys.stderr)
    local = row.in_force_from.astimezone(ZoneInfo(plan.zone))
    print(say("enact_done", lang, version=f"{row.number}-{row.hash}", since=f"{local:%Y-%m-%d %H:%M %Z}"))
