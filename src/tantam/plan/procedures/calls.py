"""Which procedures run which others, and whether one runs itself in the end."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.plan.sections.clauses_procedures import Procedure, Run


def circles(procedures: Mapping[str, Procedure]) -> tuple[tuple[str, ...], ...]:
    """Return every circle once, from its first procedure in the plan's order back to it."""
    runs = {name: _runs(each, procedures) for name, each in procedures.items()}
    found, order = [], list(procedures)
    for start in order:
        allowed = frozenset(order[order.index(start) :])
        circle = _way_back(start, runs, allowed)
        if circle:
            found.append(circle)
    return tuple(found)


def _runs(procedure: Procedure, procedures: Mapping[str, Procedure]) -> tuple[str, ...]:
    names = (step.procedure for step in procedure.steps.values() if isinstance(step, Run))
    return tuple(dict.fromkeys(each for each in names if each in procedures))


def _way_back(start: str, runs: Mapping[str, tuple[str, ...]], allowed: frozenset[str]) -> tuple[str, ...]:
    """Return the shortest way from `start` to itself over what is allowed, () if there is none."""
    todo: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in todo:
        for each in runs[way[-1]]:
            if each == start:
                return (*way, start)
            if each in allowed and each not in seen:
                seen.add(each)
                todo.append((*way, each))
    return ()
