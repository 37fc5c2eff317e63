"""Checks the ladder of responsibility: nobody is left without someone above, and nobody goes round in circles."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses import Level
from tantam.plan.sections.plan import Plan


def check_levels(plan: Plan) -> Iterator[Finding]:
    """Yield K20 (no one above), K21 (a circle), K22 (someone above who does not exist), K23 (nobody handles it)."""
    yield from _without_above(plan)
    yield from _circles(plan)
    for level in plan.levels.values():
        for above in level.escalates_to.values():
            if above not in plan.levels:
                yield _finding("K22", level, above=above, allowed=", ".join(plan.levels))
    handled = {severity for level in plan.levels.values() for severity in level.handles}
    for severity in plan.severities:
        if plan.levels and severity not in handled:
            place = plan.place("levels")
            args = {"severity": severity}
            yield Finding(
                "K23",
                Severity.WARNING,
                place,
                clause="levels",
                args=args,
                counterexample={"severity": severity},
                remedy="K23_remedy",
            )


def _without_above(plan: Plan) -> Iterator[Finding]:
    """Only the highest level may have no one above it: whatever it cannot settle stays there."""
    tops = [level for level in plan.levels.values() if not level.escalates_to]
    highest = max(tops, key=lambda level: level.rank, default=None)
    for level in tops:
        if level is not highest and highest is not None:
            yield _finding("K20", level, highest=highest.name)


def _circles(plan: Plan) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    for level in plan.levels.values():
        circle = _circle_from(plan, level.name)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield _finding("K21", plan.levels[circle[0]], circle=" → ".join([*circle, circle[0]]))


def _circle_from(plan: Plan, start: str) -> list[str]:
    """Return the levels of a circle that leads back to `start`, or none."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        for above in plan.levels[path[-1]].escalates_to.values():
            if above == start:
                return path
            if above in plan.levels and above not in seen:
                seen.add(above)
                paths.append([*path, above])
    return []


def _finding(code: str, level: Level, **args: str) -> Finding:
    return Finding(
        code,
        Severity.ERROR,
        level.place,
        clause=f"levels.{level.name}",
        args={"level": level.name} | args,
        remedy=f"{code}_remedy",
    )
