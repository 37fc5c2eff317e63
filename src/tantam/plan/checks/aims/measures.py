"""Checks the measures, and the bounds of goals and alarms: what is written must fit what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.bounds import MINUTES, Bound, Problem, read_alarm, read_bound
from tantam.plan.sections.clauses import Goal, Measure
from tantam.plan.sections.counted import COUNTED, EXCLUSIONS, SETTINGS, Counted
from tantam.plan.sections.plan import Plan
from tantam.plan.words import Key

NEEDED = {"complaint_rate": "topics", "return_rate": "outcomes"}


def check_measures(plan: Plan) -> Iterator[Finding]:
    """Yield K80 to K89 for measures that Tantam counts; what the plan only describes is left to its readers."""
    for name, measure in plan.measures.items():
        if known := COUNTED.get(measure.of):
            yield from _clause(plan, measure, known)
            yield from _alarm(plan, f"measures.{name}.alarm", measure, known)
    for name, goal in plan.goals.items():
        own = plan.measures.get(goal.measure)
        if known := COUNTED.get(own.of if own else goal.measure):
            yield from _target(plan, f"goals.{name}.target", goal, known)


def _clause(plan: Plan, measure: Measure, known: Counted) -> Iterator[Finding]:
    """Yield what contradicts the way in which the measure is counted, what changes nothing, and what is missing."""
    address = f"measures.{measure.name}"
    time_unit = measure.unit in MINUTES
    if (known.unit == "share" and time_unit) or (known.unit == "minutes" and measure.unit == "%"):
        yield _found(plan, "K82", f"{address}.unit", got=measure.unit, measure=measure.of, allowed=_unit(known))
    if measure.direction and measure.direction != known.direction:
        yield _found(plan, "K83", f"{address}.direction", measure=measure.of, direction=_direction(known))
    for setting in SETTINGS:
        if getattr(measure, setting) and setting not in known.takes:
            place = f"{address}.{setting}"
            yield _found(plan, "K86", place, measure=measure.of, setting=setting)
    for each in measure.exclusions if "exclusions" in known.takes else ():
        if each not in EXCLUSIONS:
            yield _found(plan, "K84", f"{address}.exclusions", got=each, allowed=", ".join(EXCLUSIONS))
    needed = NEEDED.get(measure.of)
    if needed and not getattr(measure, needed):
        yield _found(plan, "K87", address, setting=needed)


def _bound(plan: Plan, address: str, read: Bound | Problem, of: tuple[str, Counted]) -> Iterator[Finding]:
    """Yield K80 for what cannot be compared with the measure, K81 for working days."""
    measure, known = of
    match read:
        case "working_days":
            yield _found(plan, "K81", address, got=_written(plan, address))
        case "unit" | "unreadable":
            wanted = (known.direction == "up") is not address.endswith(".alarm")
            example = f"{'>=' if wanted else '<='} {'95 %' if known.unit == 'share' else '4 h'}"
            args = {"got": _written(plan, address), "measure": measure, "allowed": _unit(known), "example": example}
            yield _found(plan, "K80", address, **args)
        case Bound():
            return


def _target(plan: Plan, address: str, goal: Goal, known: Counted) -> Iterator[Finding]:
    """Yield K85 for a target that the measure reaches by getting worse, beside what is wrong with the bound."""
    read = read_bound(goal.target, known.unit, known.direction)
    yield from _bound(plan, address, read, (goal.measure, known))
    if isinstance(read, Bound) and read.least is not (known.direction == "up"):
        yield _found(plan, "K85", address, got=goal.target, measure=goal.measure, direction=_direction(known))


def _alarm(plan: Plan, address: str, measure: Measure, known: Counted) -> Iterator[Finding]:
    """Yield K85 for an alarm that rings while all is well, K88 for one that always does, K89 for one that never."""
    if not measure.alarm_written:
        return
    read = read_alarm(measure.alarm_written, known.unit, known.direction)
    yield from _bound(plan, address, read, (measure.of, known))
    if not isinstance(read, Bound):
        return
    got = measure.alarm_written
    if read.least is (known.direction == "up"):
        yield _found(plan, "K85", address, got=got, measure=measure.of, direction=_direction(known))
    elif known.unit == "share" and read.holds(0.0) is read.holds(1.0):
        yield _found(plan, "K88" if read.holds(0.0) else "K89", address, got=got)


def _written(plan: Plan, address: str) -> str:
    section, name, _ = address.split(".", 2)
    return plan.goals[name].target if section == "goals" else plan.measures[name].alarm_written


def _unit(known: Counted) -> Key:
    return Key(f"UNIT_{known.unit}")


def _direction(known: Counted) -> Key:
    return Key(f"DIRECTION_{known.direction}")


WEIGHTS = dict.fromkeys(("K80", "K82", "K83"), Severity.ERROR) | dict.fromkeys(("K81", "K87"), Severity.NOTE)


def _found(plan: Plan, code: str, address: str, /, **args: Any) -> Finding:
    clause = ".".join(address.split(".")[:2])
    weight = WEIGHTS.get(code, Severity.WARNING)
    return Finding(code, weight, plan.place(address), clause, {"where": address} | args, remedy=f"{code}_remedy")


CHECK = Check(
    {
        "K80": ERROR,
        "K81": NOTE,
        "K82": ERROR,
        "K83": ERROR,
        "K84": WARNING,
        "K85": WARNING,
        "K86": WARNING,
        "K87": NOTE,
        "K88": WARNING,
        "K89": WARNING,
    },
    check_measures,
    optional=frozenset({"K80", "K82", "K83"}),
)
