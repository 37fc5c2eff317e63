"""Checks that every level has something to do, every team somebody who works, every duty somebody who sees to it."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, WARNING, Check, finding
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan


def check_idle(plan: Plan) -> Iterator[Finding]:
    """Yield K122 for a team without shifts beside teams that have some, K123 for a level in no team and no shift.

    K124 for a level that handles nothing, may grant nothing and takes over from nobody; K125 for a duty of nobody.
    """
    if plan.shifts:
        working = {each.team for each in plan.shifts.values()}
        for team in plan.teams.values():
            if team.name not in working:
                yield finding("K122", Severity.NOTE, team.place, f"company.teams.{team.name}", team=team.name)
    yield from _levels(plan)
    for duty in plan.duties.values():
        if not duty.who:
            yield finding("K125", Severity.WARNING, duty.place, f"company.duties.{duty.name}", duty=duty.name)


def _levels(plan: Plan) -> Iterator[Finding]:
    placed = {level for each in plan.teams.values() for level in each.levels}
    placed |= {level for each in plan.shifts.values() for level in each.levels}
    called = {who for each in plan.duties.values() for who in each.who}
    above = {each for level in plan.levels.values() for each in level.escalates_to.values()}
    handled = any(each.handles for each in plan.levels.values())
    for level in plan.levels.values():
        clause = f"levels.{level.name}"
        if placed and level.name not in placed | called:
            yield finding("K123", Severity.NOTE, level.place, clause, level=level.name)
        if handled and not level.handles and not level.authority and level.name not in above:
            yield finding("K124", Severity.NOTE, level.place, clause, level=level.name)


CHECK = Check({"K122": NOTE, "K123": NOTE, "K124": NOTE, "K125": WARNING}, check_idle)
