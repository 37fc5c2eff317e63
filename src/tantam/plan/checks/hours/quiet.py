"""Checks that quiet hours end, and that no promise to write runs out in them."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import WARNING, Check, finding
from tantam.plan.checks.hours.promised import Promised, promised
from tantam.plan.checks.hours.week import ALWAYS, WEEK, Stretches, joined, open_in, told, when
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
        lost = _lost(plan, each, week) if kept_by_words(kind) and _waits(plan, quiet, each) else ()
        if lost:
            yield _found(plan, each, lost)


def _waits(plan: Plan, quiet: Quiet, each: Promised) -> bool:
    """Return whether some case that is promised it is not so severe that it goes out all the same."""
    asleep = [severity for severity in plan.severities if severity not in quiet.but]
    return not plan.severities or any(each.is_for(severity) for severity in asleep)


def _lost(plan: Plan, each: Promised, week: Stretches) -> Stretches:
    """Return the quiet stretches in which it may run out though nobody slept on it.

    Whoever wrote as early as to be just no longer awake when a stretch begins is owed it by an instant within: their
    promise is longer than what its clock counts until then, and shorter than what it counts until the stretch ends.
    """
    span = awake(plan) if each.row.labels.get("promise") == FIRST_REPLY else None
    before = round(span.key * MINUTES[span.family]) if span else 0
    lost = [
        (begins, ends)
        for begins, ends in _whole(week)
        if _counted(each.week, begins - before, begins) < each.minutes < _counted(each.week, begins - before, ends)
    ]
    return joined([((begins, min(ends, WEEK)), (0, max(0, ends - WEEK))) for begins, ends in lost])


def _whole(week: Stretches) -> Stretches:
    """Return the stretches, one over the end of the week in one piece, beyond its end."""
    if len(week) > 1 and week[0][0] == 0 and week[-1][1] == WEEK:
        return (*week[1:-1], (week[-1][0], WEEK + week[0][1]))
    return week


def _counted(clock: Stretches, begins: int, ends: int) -> int:
    """Return the minutes that a clock counts from one minute to another, of this week and those beside it."""
    reach = range(begins // WEEK, ends // WEEK + 1)
    spans = ((start + week * WEEK, end + week * WEEK) for week in reach for start, end in clock)
    return sum(max(0, min(end, ends) - max(start, begins)) for start, end in spans)


def _found(plan: Plan, each: Promised, lost: Stretches) -> Finding:
    within = each.row.outputs["within"]
    args = {"promise": each.row.labels.get("promise", ""), "within": within.text, "hours": told(lost)}
    return finding("K107", Severity.WARNING, within.place, each.clause, **args, shows={"when": when(lost)})


CHECK = Check({"K107": WARNING, "K108": WARNING}, check_quiet)
