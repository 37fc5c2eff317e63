"""All checks, and the one function that runs them. A new check is a file with a CHECK, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.plan.checks import requirements, tables
from tantam.plan.checks.aims import goals, measures
from tantam.plan.checks.commitments import mission
from tantam.plan.checks.described import Check
from tantam.plan.checks.form import translations
from tantam.plan.checks.hours import ways_in
from tantam.plan.checks.people import authority, levels
from tantam.plan.errors import Finding
from tantam.plan.sections.plan import Plan

CHECKS: tuple[Check, ...] = (
    mission.CHECK,
    ways_in.CHECK,
    levels.CHECK,
    requirements.CHECK,
    tables.CHECK,
    authority.CHECK,
    goals.CHECK,
    measures.CHECK,
    translations.CHECK,
)
BY_CODE: Mapping[str, Check] = {code: each for each in CHECKS for code in each.codes}


def check(plan: Plan, now: datetime | None = None) -> list[Finding]:
    """Return every finding about the plan, those from reading it included, by place.

    now: aware; what depends on the day (goals whose date is past) is left out without it.
    """
    findings = [*plan.findings, *(finding for each in CHECKS for finding in each.find(plan))]
    if now is not None:
        today = now.astimezone(ZoneInfo(plan.zone)).date()
        findings += [finding for each in CHECKS for finding in each.by_day(plan, today)]
    return sorted(findings, key=lambda each: (each.place, each.code))
