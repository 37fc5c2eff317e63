"""Says the plan's procedures in one language: steps with their lanes, ways with their conditions, tries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.plan.errors import UnknownName
from tantam.plan.procedures.net import Shape
from tantam.plan.publish.flow import Flow, Kind, Step, Tries, Try, Way
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections import clauses_procedures as clauses
from tantam.plan.sections.base import by_language
from tantam.plan.sections.procedures_branches import names_in
from tantam.plan.tables.table import Row, Table
from tantam.plan.tables.values import Span

KINDS: Mapping[type, Kind] = {
    clauses.Task: Kind.TASK,
    clauses.Question: Kind.QUESTION,
    clauses.Choice: Kind.CHOICE,
    clauses.Parallel: Kind.PARALLEL,
    clauses.Wait: Kind.WAIT,
    clauses.HandOver: Kind.HAND_OVER,
    clauses.Run: Kind.RUN,
    clauses.End: Kind.END,
}


def flows(speech: Speech) -> tuple[Flow, ...]:
    """Return a flow for every procedure that has steps, in the plan's order."""
    return tuple(flow(speech, each) for each in speech.plan.procedures.values())


def flow_of(speech: Speech, name: str) -> Flow:
    """Return one procedure's flow. Raises UnknownName."""
    if name not in speech.plan.procedures:
        raise UnknownName("procedure", name, list(speech.plan.procedures))
    return flow(speech, speech.plan.procedures[name])


def procedures(speech: Speech) -> dict[str, Mapping[str, Any]]:
    """Return the procedures as written, those that are mappings."""
    written = speech.plan.document.procedures
    return {name: each for name, each in written.items() if isinstance(each, dict)} if isinstance(written, dict) else {}


def title(speech: Speech, name: str, written: Mapping[str, Any]) -> str:
    """Return what people call a procedure."""
    return words(speech, written.get("label") or written.get("name")) or spaced(name)


def words(speech: Speech, text: Any) -> str:
    """Return a text of the document in the speech's language, "" if it is none."""
    return speech.pick(by_language(text, speech.plan.languages)) if isinstance(text, str | dict) else ""


def flow(speech: Speech, procedure: clauses.Procedure) -> Flow:
    """Return a procedure as a flow."""
    shape = Shape(procedure.steps)
    steps = tuple(_step(speech, each, shape) for each in procedure.steps.values())
    meetings = {
        name: Way(each.next.to, meets=shape.meeting_of_split(name))
        for name, each in procedure.steps.items()
        if name in shape.parts and isinstance(each, clauses.Parallel)
    }
    lanes = {name: speech.lane(name) for name in _lanes(speech, steps)}
    return Flow(procedure.name, speech.pick(procedure.label, spaced(procedure.name)), lanes, steps, meetings)


def tries(speech: Speech) -> tuple[Tries, ...]:
    """Return every troubleshooter with something to try, in the plan's order."""
    found = []
    for name, each in speech.plan.troubleshooters.items():
        if each.tries is not None:
            left = speech.lane(each.nothing_left) if each.nothing_left else ""
            rows = tuple(_try(speech, each.tries, row) for row in each.tries.rows)
            found.append(Tries(name, speech.pick(each.label, spaced(name)), speech.term(each.goal), rows, left))
    return tuple(found)


def tried(speech: Speech, each: Tries) -> Flow:
    """Return a troubleshooter as a flow: after each try it is over, or the next is tried; at last somebody takes over.

    It tries something.
    """
    steps = []
    last = "left" if each.nothing_left else ""
    for number, one in enumerate(each.tries, 1):
        does = ", ".join(one.does)
        said = speech.say("try_if", does=does, when=one.when) if one.when else does
        following = f"try{number + 1}" if number < len(each.tries) else last
        ways = (
            Way("", speech.say("try_works", goal=each.goal)),
            Way(following, speech.say("try_fails")),
        )
        steps.append(Step(f"try{number}", clauses.CUSTOMER, said, ways, Kind.CHOICE))
    lanes = {clauses.CUSTOMER: speech.lane(clauses.CUSTOMER)}
    if last:
        lanes["left"] = each.nothing_left
        steps.append(Step("left", "left", speech.say("try_left"), (), Kind.END))
    return Flow(each.name, each.title, lanes, tuple(steps))


def _try(speech: Speech, table: Table, row: Row) -> Try:
    do = row.outputs.get("do")
    names = [each.strip() for each in do.text.split(",")] if do else []
    texts = speech.plan.texts
    return Try(
        _row_words(speech, table, row, ""),
        tuple(speech.slotted(speech.pick(texts[each])) if each in texts else speech.label(each) for each in names),
    )


def _lanes(speech: Speech, steps: tuple[Step, ...]) -> list[str]:
    """The customer first, then the levels as they stand in the plan, then the others as they come."""
    order = [clauses.CUSTOMER, *speech.plan.levels]
    used = list(dict.fromkeys(each.lane for each in steps))
    return sorted(used, key=lambda lane: order.index(lane) if lane in order else len(order) + used.index(lane))


def _step(speech: Speech, step: clauses.Step, shape: Shape) -> Step:
    work = step.work
    ways = _ways(speech, step, shape)
    if work.within and work.within.missed in shape.steps:
        ways.append(Way(work.within.missed, late=True, meets=shape.meeting(work.name, work.within.missed)))
    return Step(
        work.name,
        work.who,
        _does(speech, step),
        tuple(ways),
        KINDS[type(step)],
        _time(speech, "step_within", work.within),
        _time(speech, "step_waits" if work.waits and work.waits.span else "step_waits_for", work.waits),
        step.procedure if isinstance(step, clauses.Run) else "",
    )


def _does(speech: Speech, step: clauses.Step) -> str:
    said = speech.pick(step.work.does)
    match step:
        case clauses.HandOver(to=to) if not said:
            return speech.say("step_hand_over", to=speech.lane(to))
        case clauses.Run(procedure=name) if not said:
            run = speech.plan.procedures.get(name) or speech.plan.troubleshooters.get(name)
            return speech.pick(run.label, spaced(name)) if run else spaced(name)
        case clauses.Wait() if not said:
            return ""
        case clauses.Parallel():
            return said
        case _:
            return said or spaced(step.work.name)


def _ways(speech: Speech, step: clauses.Step, shape: Shape) -> list[Way]:
    name, there = step.work.name, shape.steps
    if not isinstance(step, clauses.Choice):
        return [Way(way.to, meets=shape.meeting_of_way(name, way.to)) for way in clauses.ways(step) if way.to in there]
    by_target: dict[str, list[str]] = {}
    for position, way in enumerate(step.branches):
        if not way.to or way.to in there:
            by_target.setdefault(way.to, []).append(branch_words(speech, step, position))
    return [Way(to, speech.either(when), meets=shape.meeting(name, to)) for to, when in by_target.items()]


def branch_words(speech: Speech, step: clauses.Choice, position: int) -> str:
    """Return the branch at a position as it is written on its arrow."""
    when = step.branches[position].when
    if when == clauses.OTHERWISE:
        return speech.say("otherwise_inside")
    if step.table is not None:
        return _row_words(speech, step.table, step.table.rows[position], when)
    if step.policy:
        return speech.either([speech.outcome(step.policy, each) for each in names_in(when)])
    return speech.label(when) if " " not in when else when


def _row_words(speech: Speech, table: Table, row: Row, otherwise: str) -> str:
    """Return the conditions of a row in words; what stands there where they cannot be said."""
    said = [
        speech.cell(column, condition)
        for column, condition in zip(table.inputs, row.conditions, strict=False)
        if condition is not None
    ]
    return ", ".join(said) or otherwise


def _time(speech: Speech, key: str, written: clauses.Limit | clauses.WaitFor | None) -> str:
    if written is None:
        return ""
    value: Span | str = written.span if written.span is not None else speech.label(written.written)
    return speech.filled(key, span=value)
