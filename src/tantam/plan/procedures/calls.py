"""Which procedures run which others, and whether one runs itself in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tantam.plan.sections.clauses_procedures import Procedure, Run
from tantam.plan.ways import way_back


def circles(procedures: Mapping[str, Procedure]) -> tuple[tuple[str, ...], ...]:
    """Return every circle once, from its first procedure in the plan's order back to it."""
    runs = {name: _runs(each, procedures) for name, each in procedures.items()}
    back = _turned(runs)
    led_to = set(_that_go_on(back, runs))
    order = [each for each in _that_go_on(runs, back) if each in led_to]
    return tuple(filter(None, (_circle(start, order[position:], runs) for position, start in enumerate(order))))


def _circle(start: str, allowed: Sequence[str], runs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the shortest circle through `start` over what is allowed, () if there is none."""
    known = frozenset(allowed)
    return way_back(start, lambda name: [each for each in runs[name] if each in known])


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
