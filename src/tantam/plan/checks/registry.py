"""All checks, and the one function that runs them. A new check is a file with a CHECK, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.plan.checks import bounds, requirements, tables
from tantam.plan.checks.aims import coverage, goals, measures
from tantam.plan.checks.commitments import choices, floors, limits, mission, outcomes, published, spoken_for
from tantam.plan.checks.described import Check, Weights, nothing_by_day
from tantam.plan.checks.form import named, translations, unused
from tantam.plan.checks.hours import escalation, follow_ups, kept_open, quiet, ways_in
from tantam.plan.checks.learning import taught
from tantam.plan.checks.people import authority, cover, idle, levels
from tantam.plan.checks.procedures import branches, events, runs, soundness, times
from tantam.plan.checks.providers import watched
from tantam.plan.checks.review import kept_up
from tantam.plan.checks.settings import OWN, Checked, weighed
from tantam.plan.errors import Finding
from tantam.plan.sections.plan import Plan

CHECKS: tuple[Check, ...] = (
    mission.CHECK,
    ways_in.CHECK,
    levels.CHECK,
    requirements.CHECK,
    tables.CHECK,
    bounds.CHECK,
    named.CHECK,
    authority.CHECK,
    goals.CHECK,
    measures.CHECK,
    translations.CHECK,
    soundness.CHECK,
    runs.CHECK,
    branches.CHECK,
    times.CHECK,
    events.CHECK,
    unused.CHECK,
    kept_open.CHECK,
    escalation.CHECK,
    follow_ups.CHECK,
    quiet.CHECK,
    cover.CHECK,
    idle.CHECK,
    spoken_for.CHECK,
    limits.CHECK,
    published.CHECK,
    outcomes.CHECK,
    floors.CHECK,
    choices.CHECK,
    coverage.CHECK,
    taught.CHECK,
    kept_up.CHECK,
    watched.CHECK,
)
BY_CODE: Mapping[str, Check] = {code: each for each in CHECKS for code in each.codes}
CODES: Mapping[str, Weights] = {
    **{code: weights for each in CHECKS for code, weights in each.codes.items()},
    **OWN,
}


def check(plan: Plan, now: datetime | None = None) -> list[Finding]:
    """Return every finding about the plan, those from reading it included, by place; without what it sets aside.

    now: aware; what depends on the day (goals whose date is past) is left out without it.
    """
    return list(checked(plan, now).findings)


def checked(plan: Plan, now: datetime | None = None) -> Checked:
    """Return the same as `check`, and what the plan sets aside with a reason."""
    findings = [*plan.findings, *(finding for each in CHECKS for finding in each.find(plan))]
    if now is not None:
        today = now.astimezone(ZoneInfo(plan.zone)).date()
        findings += [finding for each in CHECKS for finding in each.by_day(plan, today)]
    asked = [code for code, each in BY_CODE.items() if now is not None or each.by_day is nothing_by_day]
    return weighed(plan, findings, BY_CODE, asked=asked)
