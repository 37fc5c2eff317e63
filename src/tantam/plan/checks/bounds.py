"""Checks that what a row works out lies within the bounds of its output, for every case that the row answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tantam.plan.checks.case import Case, told
from tantam.plan.checks.described import WARNING, Check, finding
from tantam.plan.checks.space.formula import all_of, any_of, opposite
from tantam.plan.checks.space.search import OutOfSteps, Space
from tantam.plan.checks.space.shown import value_text
from tantam.plan.checks.space.translate import Translator, connected
from tantam.plan.checks.space.witness import facts_of, words_of
from tantam.plan.checks.subjects import Subject, subjects
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.nodes import Compare, Expr, Literal
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Row
from tantam.plan.tables.types import Duration, Money, Number, YesNo
from tantam.plan.tables.values import Range, order_key

_STEPS = 20_000
_MOST_TRIES = 20


@dataclass(frozen=True, slots=True)
class _Result:
    """A result that is worked out, by its row's place in the table. beyond: when it lies outside its bounds."""

    row: int
    name: str
    bounds: Number | Money | Duration
    beyond: tuple[Expr, ...]


def check_bounds(plan: Plan) -> Iterator[Finding]:
    """Yield K15 for each result that some case takes out of the bounds of its output. What is written is no finding.

    Written results out of bounds cannot be read (T20). Products of two facts, and tables that take too many steps, are
    left alone.
    """
    for subject in subjects(plan):
        results = [each for each in _worked_out(subject) if _is_sum(each, plan.scope)]
        if not results:
            continue
        try:
            yield from _beyond(subject, results, plan.scope)
        except OutOfSteps:
            continue


def _worked_out(subject: Subject) -> Iterator[_Result]:
    kinds = {each.name: each.type for each in subject.table.outputs}
    for number, row in enumerate(subject.table.rows):
        for name, out in row.outputs.items():
            kind = kinds.get(name)
            if isinstance(out.expr, Literal) or not isinstance(kind, Number | Money | Duration):
                continue
            ends = (("<", kind.low), (">", kind.high))
            beyond = [_compared(op, out.expr, end, kind) for op, end in ends if end is not None]
            if beyond:
                yield _Result(number, name, kind, tuple(beyond))


def _is_sum(result: _Result, scope: Scope) -> bool:
    """Return whether a result comes down to sums of facts, which the search understands."""
    translator = Translator(scope)
    for each in result.beyond:
        translator.truth(each)
    return all(variable.path for variable in translator.variables.values())


def _compared(op: str, expr: Expr, end: Any, kind: Number | Money | Duration) -> Expr:
    return Compare(op, expr, Literal(end, expr.place, kind, str(end)), expr.place, YesNo())


def _beyond(subject: Subject, results: list[_Result], scope: Scope) -> Iterator[Finding]:
    table = subject.table
    translator = Translator(scope)
    rows = [translator.row(row) for row in table.rows]
    beyond = [any_of(translator.truth(each) for each in result.beyond) for result in results]
    offered = [translator.truth(each) for each in subject.assumed]
    translator.finish()
    near = connected([*rows, *beyond], [*offered, *translator.side.values()], translator)
    turned = [opposite(each) for each in rows]
    space = Space(translator.axes, translator.variables, [*rows, *turned, *beyond, *near], _STEPS)
    compiled = compile_table(table, scope)
    for result, outside in zip(results, beyond, strict=True):
        row = table.rows[result.row]
        before = turned if row.otherwise else turned[: result.row] if table.hit.single else []
        before = [each for number, each in enumerate(before) if number != result.row]
        cut = [space.cut(each) for each in (rows[result.row], *before, outside, *near)]
        for model in islice(space.models(all_of(cut)), _MOST_TRIES):
            facts = facts_of(model, space, translator.facts)
            value = _given(compiled(facts), row, result.name)
            if value is not None and not _inside(value, result.bounds):
                case = told(table, scope, words_of(model, space), facts)
                yield _finding(subject, row, result, value_text(value), case)
                break


def _given(fired: Any, row: Row, name: str) -> Any:
    """Return what the table itself gives by this row, None if the row does not count or the value is unknown."""
    found = (given.get(name) for each, given in zip(fired.rows, fired.results) if each.index == row.index)
    return next(found, None)


def _inside(value: Any, bounds: Number | Money | Duration) -> bool:
    low, high = bounds.low, bounds.high
    key = order_key(value)
    return (low is None or key >= order_key(low)) and (high is None or key <= order_key(high))


def _finding(subject: Subject, row: Row, result: _Result, got: str, case: Case) -> Finding:
    table, bounds = subject.table, result.bounds
    args = {
        "row": row.index,
        "table": table.name,
        "name": result.name,
        "got": got,
        "case": case.text or "-",
        "allowed": str(Range(bounds.low, bounds.high)),
    }
    place = row.outputs[result.name].place
    return finding("K15", Severity.WARNING, place, f"{table.name}#{row.name}", shows=case.words, **args)


CHECK = Check({"K15": WARNING}, check_bounds)
