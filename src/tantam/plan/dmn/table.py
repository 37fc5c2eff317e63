"""A DMN decision table: read from its element, decided by bit sets, answered by its hit policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tantam.plan.dmn.columns import Column, column_of
from tantam.plan.dmn.elements import Element, refused
from tantam.plan.dmn.feel.compiled import compile_node, compile_test, compile_tests
from tantam.plan.dmn.feel.frames import Frame, Step
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.syntax import Const
from tantam.plan.dmn.feel.types import Allowed, ContextType, ListType, Type, Types, resolved
from tantam.plan.dmn.hits import AGGREGATIONS, POLICIES, Fired, Output, aggregated, alike, rank, whole_result
from tantam.plan.dmn.reading import Reading
from tantam.plan.nearest import nearest
from tantam.plan.tables.hits import Hit, in_order
from tantam.plan.tables.masks import bits


@dataclass(frozen=True, slots=True)
class Policy:
    """aggregation: SUM, MIN, MAX, COUNT, or "" for a list."""

    hit: Hit
    aggregation: str


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """owner: the decision or function it belongs to. rules: names of the rules; results: one step an output."""

    owner: str
    policy: Policy
    columns: tuple[Column, ...]
    outputs: tuple[Output, ...]
    rules: tuple[tuple[str, tuple[Step, ...]], ...]

    def __call__(self, frame: Frame) -> Any:
        """Return what the table comes to, and note in the run which rules fired."""
        found = bits(self._holding(frame))
        frame.run.step(len(self.columns) + len(found))
        if not found:
            frame.run.fire(Fired(self.owner, (), ()))
            return self._default(frame)
        if self.policy.hit is Hit.FIRST:
            found = found[:1]
        rows = [[step(frame) for step in self.rules[number][1]] for number in found]
        if self.policy.hit.ranks:
            ranks = [rank(row, self.outputs, frame) for row in rows]
            order = in_order(self.policy.hit, range(len(rows)), ranks.__getitem__)
            found, rows = [found[place] for place in order], [rows[place] for place in order]
        shown = found[:1] if self.policy.hit is Hit.PRIORITY else found
        names = tuple(self.rules[number][0] for number in shown)
        frame.run.fire(Fired(self.owner, tuple(number + 1 for number in shown), names))
        return self._answer(rows, frame)

    def _holding(self, frame: Frame) -> int:
        mask = (1 << len(self.rules)) - 1
        for column in self.columns:
            if not mask:
                return 0
            mask = column.admits(frame, mask)
        return mask

    def _answer(self, rows: Sequence[Sequence[Any]], frame: Frame) -> Any:
        hit, aggregation = self.policy.hit, self.policy.aggregation
        if hit is Hit.COLLECT and aggregation:
            return aggregated(rows, self.outputs, aggregation)
        results = [whole_result(row, self.outputs) for row in rows]
        if not hit.single:
            return results
        if hit is Hit.UNIQUE and len(results) > 1:
            frame.run.note("several", self.owner)
            return None
        if hit is Hit.ANY and not alike(results):
            frame.run.note("disagree", self.owner)
            return None
        return results[0]

    def _default(self, frame: Frame) -> Any:
        if not any(each.default for each in self.outputs):
            return None
        return whole_result([each.default(frame) if each.default else None for each in self.outputs], self.outputs)


@dataclass(frozen=True, slots=True)
class TableReader:
    """owner: what the table belongs to. names: those its expressions may use. kind: of the variable it is for."""

    reading: Reading
    names: Names
    types: Types
    owner: str
    kind: Type | None

    def read(self, element: Element) -> DecisionTable:
        """Return the table. Raises PlanUnreadable."""
        inputs, outputs, rules = element.all("input"), element.all("output"), element.all("rule")
        if not outputs:
            raise refused("D13", element.place, element.called, what="output", got=0, wanted="1")
        for rule in rules:
            for tag, wanted in (("inputEntry", inputs), ("outputEntry", outputs)):
                if len(rule.all(tag)) != len(wanted):
                    raise refused(
                        "D13", rule.place, rule.called, what=tag, got=len(rule.all(tag)), wanted=str(len(wanted))
                    )
        columns = tuple(self._column(each, number, rules) for number, each in enumerate(inputs))
        made = tuple(self._output(each, element) for each in outputs)
        results = tuple((each.get("id") or "", self._results(each)) for each in rules)
        return DecisionTable(self.owner, _policy(element), columns, made, results)

    def _column(self, element: Element, position: int, rules: Sequence[Element]) -> Column:
        expression = element.one("inputExpression")
        text = expression.one("text") if expression else None
        node = self.reading.expression(text, self.names, expression or element)
        cells = [rule.all("inputEntry")[position] for rule in rules]
        values = element.text_of("inputValues")
        admitted = self.reading.tests(values, self.names, element) if values else None
        return column_of(
            compile_node(node),
            [self.reading.tests(each.one("text"), self.names, each) for each in cells],
            compile_tests(admitted) if admitted and not admitted.any else None,
        )

    def _results(self, rule: Element) -> tuple[Step, ...]:
        return tuple(
            compile_node(self.reading.expression(each.one("text"), self.names, each))
            for each in rule.all("outputEntry")
        )

    def _output(self, element: Element, table: Element) -> Output:
        name = " ".join((element.get("name") or element.get("label")).split())
        if name:
            self.reading.members.add(name)
        values = element.text_of("outputValues")
        ranks = tuple(map(compile_test, self.reading.tests(values, self.names, element).tests)) if values else ()
        if not ranks:
            ranks = self._allowed(self._type(element, table, name))
        default = element.one("defaultOutputEntry")
        node = self.reading.expression(default.one("text"), self.names, default) if default else Const(None)
        return Output(name, ranks, compile_node(node) if default else None)

    def _type(self, element: Element, table: Element, name: str) -> Type | None:
        """Return the type of an output: its own, or that of the whole result, which has one for each of several."""
        own = self.reading.kind(element)
        whole = self._single(self.reading.kind(table) or self.kind)
        if own or len(table.all("output")) == 1:
            return own or whole
        return whole.fields.get(name) if isinstance(whole, ContextType) else None

    def _single(self, kind: Type | None) -> Type | None:
        found = resolved(kind, self.types) if kind else None
        while isinstance(found, ListType):
            found = resolved(found.of, self.types)
        return found

    def _allowed(self, wanted: Type | None) -> tuple[Step, ...]:
        """Return the ranks that a type's own allowed values give."""
        found = self._single(wanted)
        return found.ranks if isinstance(found, Allowed) else ()


def _policy(element: Element) -> Policy:
    written, aggregation = element.get("hitPolicy") or "UNIQUE", element.get("aggregation")
    for got, allowed in ((written, list(POLICIES)), (aggregation or "SUM", list(AGGREGATIONS))):
        if got not in allowed:
            near = nearest(got, allowed)
            raise refused(
                "D12_near" if near else "D12",
                element.place,
                element.called,
                got=got,
                nearest=near,
                allowed=", ".join(allowed),
            )
    return Policy(POLICIES[written], aggregation)
