"""Runs a decision of a model on facts: what it needs first, then itself; with the rules that fired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.plan.dmn.elements import refused
from tantam.plan.dmn.feel.frames import Frame, Run
from tantam.plan.dmn.feel.functions import clock
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.dmn.feel.types import coerced
from tantam.plan.dmn.feel.values import Function
from tantam.plan.dmn.hits import Fired
from tantam.plan.dmn.model import Model, Node, Part

LARGEST = 1_000_000  # parts of an outcome


@dataclass(frozen=True, slots=True)
class Decided:
    """value: as FEEL has it. fired: the tables that were asked, in order. notes: (what became null, where)."""

    decision: str
    value: Any
    fired: tuple[Fired, ...]
    notes: tuple[tuple[str, str], ...]


def decide(model: Model, decision: str, facts: Mapping[str, Any], *, now: datetime) -> Decided:
    """Return a decision's value, or a decision service's.

    facts: typed values by the id of an input, or of a decision that is then not worked out (facts.read_facts).
    Raises UnknownName, PlanUnreadable (an expression that cannot be read, or that does not end)."""
    node = model.named(decision, Part.DECISION, Part.SERVICE)
    run = Run(now, model.types)
    session = _Session(model, run, Frame(clock(now), None, run))
    try:
        if node.part is Part.SERVICE:
            value = session.service(node, facts)
        else:
            value = session.values([node.id], facts)[node.id]
    except Trouble as trouble:
        raise refused(trouble.code, node.element.place, node.id, **trouble.args_said) from trouble
    except RecursionError as deep:
        raise refused("D15", node.element.place, node.id, limit=0) from deep
    if not _is_bounded(value):
        raise refused("D15", node.element.place, node.id, limit=LARGEST)
    return Decided(node.name, value, tuple(run.fired), tuple(dict.fromkeys(run.notes)))


def _is_bounded(value: Any) -> bool:
    """Return whether the value has at most LARGEST parts; lists that hold each other twice double with every level."""
    stack, seen = [value], 0
    while stack:
        each = stack.pop()
        seen += 1
        if seen > LARGEST:
            return False
        stack.extend(each if isinstance(each, list) else each.values() if isinstance(each, dict) else ())
    return True


@dataclass(frozen=True, slots=True)
class _Session:
    model: Model
    run: Run
    root: Frame

    def values(self, targets: list[str], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the targets and of all that they need, by id."""
        found: dict[str, Any] = {}
        for node in self.model.order(targets, frozenset(given)):
            found[node.id] = given[node.id] if node.id in given else self._value(node, found)
        return found

    def _value(self, node: Node, found: Mapping[str, Any]) -> Any:
        names = {self.model.nodes[each].name: found[each] for each in node.requires}
        match node.part:
            case Part.INPUT:
                return None
            case Part.SERVICE:
                return self._as_function(node)
            case Part.FUNCTION:
                function = self.model.compiled(node)(Frame(names, self.root, self.run))
                names[node.name] = function
                return function
        value, fits = coerced(self.model.compiled(node)(Frame(names, self.root, self.run)), node.type, self.run.types)
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

        def call(*args: Any) -> Any:
            bound = {}
            for each, value in zip(params, args, strict=True):
                bound[each], fits = coerced(value, self.model.nodes[each].type, self.run.types)
                if not fits:
                    return None
            return self.service(node, bound)

        return Function((names,), call, lambda count: count == len(names))
