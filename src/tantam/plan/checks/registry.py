"""All checks, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.plan.checks.authority import check_authority
from tantam.plan.checks.goals import check_goals, past_goals
from tantam.plan.checks.levels import check_levels
from tantam.plan.checks.measures import check_measures
from tantam.plan.checks.mission import check_mission
from tantam.plan.checks.requirements import check_requirements
from tantam.plan.checks.tables import check_tables
from tantam.plan.checks.translations import check_translations
from tantam.plan.checks.ways_in import check_ways_in
from tantam.plan.errors import Finding
from tantam.plan.sections.plan import Plan

Check = Callable[[Plan], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    check_mission,
    check_ways_in,
    check_levels,
    check_requirements,
    check_tables,
    check_authority,
    check_goals,
    check_measures,
    check_translations,
)


def check(plan: Plan, now: datetime | None = None) -> list[Finding]:
    """Return every finding about the plan, those from reading it included, by place.

    now: aware; what depends on the day (goals whose date is past) is left out without it.
    """
    findings = [*plan.findings, *(finding for each in CHECKS for finding in each(plan))]
    if now is not None:
        findings += past_goals(plan, now.astimezone(ZoneInfo(plan.zone)).date())
    return sorted(findings, key=lambda each: (each.place, each.code))
