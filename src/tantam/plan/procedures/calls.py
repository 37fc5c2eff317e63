"""Which procedures run which others, and whether one runs itself in the end."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.plan.sections.clauses_procedures import Procedure, Run


def circles(procedures: Mapping[str, Procedure]) -> tuple[tuple[str, ...], ...]:
    """Return every circle once, from its first procedure in the plan's order back to it."""
    runs = {name: _runs(each, procedures) for name, each in procedures.items()}
    back = _turned(runs)
    led_to = set(_that_go_on(back, runs))
    found, order = [], [each for each in _that_go_on(runs, back) if each in led_to]
    for position, start in enumerate(order):
        allowed = frozenset(order[position:])
        circle = _way_back(start, runs, allowed)
        if circle:
            found.append(circle)
    return tuple(found)


def _runs(procedure: Procedure, procedures: Mapping[str, Procedure]) -> tuple[str, ...]:
    names = (step.procedure for step in procedure.steps.values() if isinstance(step, Run))
    return tuple(dict.fromkeys(each for each in names if each in procedures))


def _turned(runs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in runs}
    for name, each in runs.items():
        for run in each:
            found[run].append(name)
    return {name: tuple(each) for name, each in found.items()}


def _that_go_on(runs: Mapping[str, tuple[str, ...]], callers: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return, in their order, those from which runs may go on without end; the others are in no circle."""
    left = {name: len(each) for name, each in runs.items()}
    ending = [name for name, count in left.items() if not count]
    for name in ending:
        for caller in callers[name]:
            left[caller] -= 1
            if not left[caller]:
                ending.append(caller)
    return [name for name, count in left.items() if count]


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
