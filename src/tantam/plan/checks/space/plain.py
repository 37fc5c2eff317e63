"""A table whose cells each bound one given fact, as boxes of one space: it takes no formula, so it may be large."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tantam.plan.checks.space.axes import Axis, Choice, Variable
from tantam.plan.checks.space.columns import Column, Part, part_of_atom, parts_of
from tantam.plan.checks.space.formula import All, Atom, Formula, Some, leaves
from tantam.plan.checks.space.grid import Box
from tantam.plan.checks.space.months import conditions_of, counts_months
from tantam.plan.checks.space.search import Space
from tantam.plan.checks.space.translate import Translator
from tantam.plan.tables.nodes import Expr, Fact, terms_in
from tantam.plan.tables.reach import given_below
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Row, Table
from tantam.plan.tables.types import Type


@dataclass(frozen=True, slots=True)
class Plain:
    """boxes: of each row of the table, `otherwise` is everything. assumed: the box that what is assumed leaves."""

    space: Space
    boxes: tuple[Box, ...]
    assumed: Box
    types: Mapping[tuple[str, ...], Type]


def plain_of(table: Table, assumed: Sequence[Expr], scope: Scope, steps: int) -> Plain | None:
    """Return the table as boxes, None if a cell speaks of more than one given fact, or of months.

    assumed: what holds in every case; only what hangs together with the table counts. steps: of the space's budget."""
    near = _near(table, assumed, scope)
    if not table.inputs or not all(_is_given(column.expr, scope) for column in table.inputs):
        return None
    if counts_months((*near, *conditions_of(table.rows))):
        return None
    columns: dict[str, Column] = {}
    rows = [_noted(row, table, columns) for row in table.rows]
    offered = _offered(near, scope, columns)
    if offered is None or None in rows:
        return None
    axes, variables = dict[str, Axis](), dict[str, Variable]()
    asked = [column.expr.path for column in table.inputs if isinstance(column.expr, Fact)]
    for key, column in sorted(columns.items(), key=lambda each: _place(each[1].path, asked)):
        axes[key] = column.cut(variables)
    space = Space.ready(tuple(axes.values()), variables, steps)
    places = {key: place for place, key in enumerate(axes)}
    whole = [space.whole[place] for place in places.values()]
    boxes = tuple(_box(row or (), columns, places, whole) for row in rows)
    inside = list(whole)
    for part in offered:
        inside[places[_axis_of(part)]] &= _mask(part, columns[_axis_of(part)])
    return Plain(space, boxes, tuple(inside), {column.path: column.kind for column in columns.values()})


def _place(path: tuple[str, ...], asked: Sequence[tuple[str, ...]]) -> int:
    """Return where an input stands in the table, behind all where only what is assumed speaks of it."""
    return asked.index(path) if path in asked else len(asked)


def _is_given(expr: Expr | None, scope: Scope) -> bool:
    """Return whether an input is a fact that is told or recorded, or a field of one."""
    if not isinstance(expr, Fact):
        return False
    term = scope.terms.get(expr.path[0])
    return term is not None and term.computed is None and term.table is None


def _near(table: Table, assumed: Sequence[Expr], scope: Scope) -> list[Expr]:
    """Return those of the assumed conditions that share a given term with the table, however remotely."""
    touched = {name for column in table.inputs if column.expr is not None for name in terms_in(column.expr)}
    left = [(expr, set(given_below((expr,), scope))) for expr in assumed]
    found: list[Expr] = []
    while near := [each for each in left if each[1] & touched]:
        found += [expr for expr, _ in near]
        touched |= {name for _, names in near for name in names}
        left = [each for each in left if each not in near]
    return found


def _noted(row: Row, table: Table, columns: dict[str, Column]) -> tuple[Part, ...] | None:
    """Return what a row's cells bound, each noted with its column; None if a cell is no region of one fact."""
    found: list[Part] = []
    for column, condition in zip(table.inputs, row.conditions):
        if condition is None:
            continue
        assert isinstance(column.expr, Fact)
        parts = None if condition.region is None else parts_of(column.expr, condition.region)
        if parts is None:
            return None
        for part in parts:
            columns.setdefault(part.key, Column(part.key, part.path, part.kind, part.member)).note(part.region)
            found.append(part)
    return tuple(found)


def _offered(near: Sequence[Expr], scope: Scope, columns: dict[str, Column]) -> list[Formula] | None:
    """Return what is assumed as formulas that each bound one axis of the table; None if one is not so simple."""
    translator = Translator(scope)
    parts = [part for expr in near for part in _parts(translator.truth(expr))]
    if translator.side:
        return None
    for part in parts:
        axes = {leaf.axis for leaf in leaves(part)}
        column = _column(str(next(iter(axes))), translator, columns) if len(axes) == 1 else None
        if column is None:
            return None
        for leaf in leaves(part):
            assert isinstance(leaf, Atom)
            column.note(part_of_atom(leaf))
    return parts


def _column(key: str, translator: Translator, columns: dict[str, Column]) -> Column | None:
    """Return the column of an axis, a new one where only what is assumed speaks of it; None if it is no given fact."""
    if key not in columns:
        axis = translator.axes[key]
        if isinstance(axis, Choice):
            path, member, simple = axis.path, axis.member, not axis.known
        else:
            path, member, simple = translator.variables[axis.terms[0][0]].path, "", len(axis.terms) == 1
        if not path or not simple:
            return None
        columns[key] = Column(key, path, translator.facts[path], member)
    return columns[key]


def _parts(formula: Formula) -> Iterator[Formula]:
    yield from formula.parts if isinstance(formula, All) else () if formula is True else (formula,)


def _axis_of(part: Formula) -> str:
    return str(next(leaves(part)).axis)


def _mask(formula: Formula, column: Column) -> int:
    """Return the classes of the one axis in which the formula holds."""
    match formula:
        case Atom(op="not in"):
            return column.whole & ~column.mask(part_of_atom(formula))
        case Atom():
            return column.mask(part_of_atom(formula))
        case All(parts=parts):
            found = column.whole
            for part in parts:
                found &= _mask(part, column)
            return found
        case Some(parts=parts):
            found = 0
            for part in parts:
                found |= _mask(part, column)
            return found
    return column.whole if formula is True else 0


def _box(parts: Sequence[Part], columns: Mapping[str, Column], places: Mapping[str, int], whole: Sequence[int]) -> Box:
    box = list(whole)
    for part in parts:
        box[places[part.key]] &= columns[part.key].mask(part.region)
    return tuple(box)
