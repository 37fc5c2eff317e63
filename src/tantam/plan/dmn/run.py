"""Runs a decision of a model on facts: what it needs first, then itself; with the rules that fired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.plan.dmn.elements import refused
from tantam.plan.dmn.facts import Given
from tantam.plan.dmn.feel.calls import call
from tantam.plan.dmn.feel.frames import Frame, Run
from tantam.plan.dmn.feel.functions import clock
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.dmn.feel.types import coerced
from tantam.plan.dmn.feel.values import Function
from tantam.plan.dmn.hits import Fired
from tantam.plan.dmn.model import Model, Node, Part
from tantam.plan.errors import Finding

LARGEST = 1_000_000  # parts of an outcome
DEEPEST = 200  # lists and contexts in each other


@dataclass(frozen=True, slots=True)
class Decided:
    """value: as FEEL has it. fired: the tables that were asked, in order. notes: (what became null, where).

    doubts: what could not be read and is null, with its place."""

    decision: str
    value: Any
    fired: tuple[Fired, ...]
    notes: tuple[tuple[str, str], ...]
    doubts: tuple[Finding, ...] = ()


def decide(model: Model, decision: str, given: Given, *, now: datetime) -> Decided:
    """Return a decision's value, or what a decision service or a function of the model yields.

    given: what is known of inputs, and of decisions that are then not worked out (facts.read_facts).
    Raises UnknownName, PlanUnreadable (a table that is none, decisions in a circle, what does not end)."""
    if not model.has_inputs:
        model = model.speaking_of(given.free, _names_within(given.free.values()))
    node = model.named(decision, Part.DECISION, Part.SERVICE, Part.FUNCTION)
    run = Run(now, model.types, notes=list(given.notes))
    session = _Session(model, run, Frame(given.free, Frame(clock(now), None, run), run))
    try:
        value = session.answer(node, given)
    except Trouble as trouble:
        raise refused(trouble.code, node.element.place, node.name, **trouble.args_said) from trouble
    except RecursionError as deep:
        raise refused("D15", node.element.place, node.name, limit=0) from deep
    if not _is_bounded(value):
        raise refused("D15", node.element.place, node.name, limit=LARGEST)
    return Decided(node.name, value, tuple(run.fired), tuple(dict.fromkeys(run.notes)), model.doubts)


def _names_within(values: Iterable[Any]) -> Iterator[str]:
    """Yield the names of all entries, that paths may speak of them."""
    stack = list(values)
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            yield from each
        stack.extend(each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())


def _is_bounded(value: Any) -> bool:
    """Return whether the value has at most LARGEST parts, DEEPEST levels of them.

    Lists that hold each other twice double with every level."""
    stack, seen = [(value, 0)], 0
    while stack:
        each, depth = stack.pop()
        seen += 1
        if seen > LARGEST or depth > DEEPEST:
            return False
        inner = each if isinstance(each, list) else each.values() if isinstance(each, dict) else ()
        stack.extend((part, depth + 1) for part in inner)
    return True


@dataclass(frozen=True, slots=True)
class _Session:
    model: Model
    run: Run
    root: Frame

    def answer(self, node: Node, given: Given) -> Any:
        """Return what the decision, service or function comes to."""
        match node.part:
            case Part.SERVICE:
                return self._fitting(self.service(node, given.values), node)
            case Part.FUNCTION:
                function = self.values([node.id], given.values)[node.id]
                if not isinstance(function, Function):
                    return None
                known = {self.model.nodes[key].name: value for key, value in given.values.items()} | dict(given.free)
                return call(function, [known.get(name) for name in function.forms[0]], None, self.run)
        return self.values([node.id], given.values)[node.id]

    def values(self, targets: list[str], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the targets and of all that they need, by id."""
        found: dict[str, Any] = {}
        for node in self.model.order(targets, frozenset(given)):
            found[node.id] = given[node.id] if node.id in given else self._value(node, found)
        return found

    def _value(self, node: Node, found: Mapping[str, Any]) -> Any:
        names = self._names(node, found)
        match node.part:
            case Part.INPUT:
                return None
            case Part.SERVICE:
                return self._as_function(node)
            case Part.FUNCTION:
                function = self.model.compiled(node)(Frame(names, self.root, self.run))
                names[node.name] = function
                return function
        return self._fitting(self.model.compiled(node)(Frame(names, self.root, self.run)), node)

    def _names(self, node: Node, found: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the node requires by the names it says; those of an imported model within that model's."""
        names: dict[str, Any] = {}
        for each in node.requires:
            area, name = self.model.said(node, each)
            (names.setdefault(area, {}) if area else names)[name] = found[each]
        return names

    def _fitting(self, value: Any, node: Node) -> Any:
        """Return the value as the node's variable declares it; null, with a note, if it is of another type."""
        value, fits = coerced(value, node.type, self.run.types)
        if not fits:
            self.run.note("type", node.name)
        return value

    def service(self, node: Node, given: Mapping[str, Any]) -> Any:
        """Return what a decision service yields: its decision's value, or a context of several."""
        outputs = self.model.services[node.id]["outputDecision"]
        values = self.values(list(outputs), given)
        if len(outputs) == 1:
            return values[outputs[0]]
        return {self.model.nodes[each].name: values[each] for each in outputs}

    def _as_function(self, node: Node) -> Function:
        roles = self.model.services[node.id]
        params = (*roles["inputData"], *roles["inputDecision"])
        names = tuple(self.model.nodes[each].name for each in params)

        def run_service(*args: Any) -> Any:
            bound = {}
            for each, value in zip(params, args, strict=True):
                bound[each], fits = coerced(value, self.model.nodes[each].type, self.run.types)
                if not fits:
                    return None
            return self._fitting(self.service(node, bound), node)

        return Function((names,), run_service, lambda count: count == len(names))
