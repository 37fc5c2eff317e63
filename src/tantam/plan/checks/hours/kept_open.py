"""Checks that what is promised by the hour runs in hours in which somebody is there."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, WARNING, Check, finding, several
from tantam.plan.checks.hours.promised import promised, shortest
from tantam.plan.checks.hours.week import ALWAYS, Stretches, joined, longest, named, told, when, without
from tantam.plan.checks.people.on_duty import on_duty, there
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.values import Family


def check_kept_open(plan: Plan) -> Iterator[Finding]:
    """Yield K101 for a promise that runs out while nobody is there, K102 for hours that are counted on no clock.

    K103 for working days when the plan does not say whose days count.
    """
    yield from _shorter_than_closed(plan)
    yield from _without_clock(plan)
    yield from _whose_days(plan)


def _shorter_than_closed(plan: Plan) -> Iterator[Finding]:
    there_are = _people(plan)
    if there_are is None:
        return
    for each in promised(plan):
        alone = without(each.week, there_are)
        # An hour is counted on its clock, so only what the clock counts while nobody is there can run out.
        if longest(alone) >= each.minutes:
            within = each.row.outputs["within"]
            args = {"promise": each.row.labels.get("promise", ""), "within": within.text, "hours": told(alone)}
            yield finding("K101", Severity.WARNING, within.place, each.clause, **args, shows={"when": when(alone)})


def _people(plan: Plan) -> Stretches | None:
    """Return when somebody is there: by shifts, else by when each channel is answered; None if the plan is silent."""
    if plan.shifts:
        return there(on_duty(plan))
    answered = [each.answered or each.hours for each in plan.channels.values()]
    weeks = [named(plan, each) for each in answered]
    if not weeks or any(week == ALWAYS and not each.answered for week, each in zip(weeks, plan.channels.values())):
        return None
    return joined(weeks)


def _without_clock(plan: Plan) -> Iterator[Finding]:
    if all(named(plan, name) == ALWAYS for name in plan.hours):
        return
    found = [each for each in promised(plan) if not each.clock]
    if found:
        rows = several(each.clause for each in found)
        yield finding("K102", Severity.NOTE, found[0].row.place, found[0].clause, rows=rows)


def _whose_days(plan: Plan) -> Iterator[Finding]:
    if plan.working_days is not None:
        return
    for table in plan.promises.tables:
        for row in table.rows:
            span = shortest(row)
            on = any(row.outputs.get(column) for column in ("on", "clock")) or plan.promises.clock
            if span is not None and span.family is Family.WORKING and not on:
                clause = f"{table.name}#{row.name}"
                yield finding("K103", Severity.NOTE, row.place, clause, within=row.outputs["within"].text)
    for policy in plan.policies.values():
        rows = policy.decides.rows if policy.decides else ()
        for row in rows:
            span = shortest(row)
            if span is not None and span.family is Family.WORKING:
                clause = f"policies.{policy.name}.decides#{row.name}"
                yield finding("K103", Severity.NOTE, row.place, clause, within=row.outputs["within"].text)
                return  # one row stands for all: a plan has many such, and one line mends them


CHECK = Check({"K101": WARNING, "K102": NOTE, "K103": NOTE}, check_kept_open)
