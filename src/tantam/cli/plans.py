"""Reads the plan that a command names, and ends the command where it cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from tantam.cli.ends import UNREADABLE
from tantam.cli.findings import print_findings
from tantam.plan.errors import PlanUnreadable
from tantam.plan.sections import Plan, read


def plan_or_exit(path: Path, lang: str) -> Plan:
    """Return the plan; if it cannot be read, say why on standard error and end with 2."""
    try:
        return read(path)
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable
