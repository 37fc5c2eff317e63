"""Checks that quiet hours end, and that no promise to write runs out in them."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import WARNING, Check, finding
from tantam.plan.checks.hours.promised import Promised, promised
from tantam.plan.checks.hours.week import ALWAYS, Stretches, longest, open_in, told, when, without
from tantam.plan.errors import Finding, Severity
from tantam.plan.run.kinds import FIRST_REPLY, kept_by_words
from tantam.plan.run.unsaid import awake
from tantam.plan.sections.clauses_care import Quiet
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.values import Family

MINUTES = {Family.EXACT: 1 / 60, Family.CALENDAR: 24 * 60, Family.WORKING: 24 * 60}


def check_quiet(plan: Plan) -> Iterator[Finding]:
    """Yield K107 for a promise of words that may run out in the quiet hours, K108 if those never end.

    Only promises in minutes and hours: of days there is always a part in which people are awake.
    """
    quiet = plan.courtesy.quiet
    if quiet is None:
        return
    week = open_in(plan.hours[quiet.hours].elsewhere(plan.zone), plan.zone)
    if week == ALWAYS:
        yield finding("K108", Severity.WARNING, quiet.place, "courtesy.quiet", hours=quiet.hours)
        return
    for each in promised(plan):
        kind = each.row.labels.get("promise", "")
        both = without(each.week, without(ALWAYS, week))
        if kept_by_words(kind) and _waits(plan, quiet, each) and longest(both) >= _late(plan, each):
            yield _found(plan, each, both)


def _waits(plan: Plan, quiet: Quiet, each: Promised) -> bool:
    """Return whether some case that is promised it is not so severe that it goes out all the same."""
    asleep = [severity for severity in plan.severities if severity not in quiet.but]
    return not plan.severities or any(each.is_for(severity) for severity in asleep)


def _late(plan: Plan, each: Promised) -> float:
    """Return the minutes at its end that must not all be quiet; of a first reply those after its reader's waking."""
    if each.row.labels.get("promise") != FIRST_REPLY:
        return each.minutes
    span = awake(plan)
    left = each.minutes - span.key * MINUTES[span.family]
    return left if left > 0 else float("inf")


def _found(plan: Plan, each: Promised, both: Stretches) -> Finding:
    within = each.row.outputs["within"]
    args = {"promise": each.row.labels.get("promise", ""), "within": within.text, "hours": told(both)}
    return finding("K107", Severity.WARNING, within.place, each.clause, **args, shows={"when": when(both)})


CHECK = Check({"K107": WARNING, "K108": WARNING}, check_quiet)
