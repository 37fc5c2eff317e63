"""What a table gives beside its row, as SQL: the results of the row that counts; where all count, lists and totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from tantam.plan.tables.form import Out, Output, Row, Table
from tantam.plan.tables.hits import Total
from tantam.plan.tables.nodes import Expr, Literal
from tantam.plan.tables.sql import dialects
from tantam.plan.tables.sql.dialects import Sql, column, is_null, null, number
from tantam.plan.tables.sql.said import CannotSay, Said
from tantam.plan.tables.sql.stages import Named
from tantam.plan.tables.types import Duration, SomeOf, Type, Words
from tantam.plan.tables.values import Span

FIRED = "row that counts"
TOTAL = "total"
Holds = Callable[[Row], Sql]


@dataclass(frozen=True, slots=True)
class Told:
    """What to tell beside the row. outputs: by name, None for all.

    total: the output that is put together over all rows that hold, "" for none; by: how."""

    outputs: Sequence[str] | None = None
    total: str = ""
    by: Total = Total.SUM

    def of(self, table: Table) -> list[Output]:
        """Return the outputs of the table that are told."""
        return [_as_met(each, table) for each in table.outputs if self.outputs is None or each.name in self.outputs]

    def summed(self, table: Table) -> list[Output]:
        """Return the output that is put together, if there is one."""
        return [_as_met(each, table) for each in table.outputs if each.name == self.total]

    def needed(self, table: Table) -> list[tuple[Row, Output, Out]]:
        """Return each result cell that the statement speaks of."""
        outputs = [*self.of(table), *self.summed(table)]
        named = {each.name: each for each in outputs}
        return [
            (row, each, row.outputs[name]) for row in table.rows for name, each in named.items() if name in row.outputs
        ]


def results(table: Table, said: Said, told: Told, holds: Holds) -> Named:
    """Return a column for each output, and the total. holds: whether a row does, as a column of the step before.

    Raises CannotSay."""
    if table.hit.single:
        return [(each.name, _of_row(table, each, said)) for each in told.of(table)]
    lists = [(each.name, _listed(table, each, said, holds)) for each in told.of(table)]
    return [*lists, *((TOTAL, _totalled(table, each, said, (told.by, holds))) for each in told.summed(table))]


def kind_of(output: Output, table: Table, said: Said) -> str:
    """Return the SQL type of an output's column."""
    one = dialects.kind_of(_kind(output.type), said.dialect)
    if table.hit.single:
        return one
    return f"ARRAY<{one}>" if said.dialect is dialects.Dialect.SPARK else f"{one}[]"


def result(output: Output, out: Out, said: Said) -> Sql:
    """Return one result; words of texts joined by `+`, durations of several families in words. Raises CannotSay."""
    match out.expr:
        case Literal(value=tuple() as words):
            return exp.Literal.string(" + ".join(map(str, words)))
        case Literal(value=frozenset() as members):
            order = output.type.values if isinstance(output.type, SomeOf) else sorted(members)
            return exp.Array(expressions=[exp.Literal.string(each) for each in order if each in members])
        case Literal(value=value) if _mixed(output.type):
            return exp.Literal.string(str(value))
        case _ if _mixed(output.type):
            raise CannotSay("sql_families", output.name)
        case expr:
            return said.value(expr)


def cannot_gather(output: Output, told: Told) -> str:
    """Return why an output of many rows cannot be told together, "" if it can."""
    if isinstance(output.type, SomeOf):
        return "sql_sets"
    return "sql_families" if output.name == told.total and told.by is not Total.COUNT and _mixed(output.type) else ""


def _as_met(output: Output, table: Table) -> Output:
    """Return the output, as a duration without family where its cells are not all numbers of one unit."""
    if not isinstance(output.type, Duration):
        return output
    cells = [row.outputs[output.name].expr for row in table.rows if output.name in row.outputs]
    families = {each.type.family if isinstance(each.type, Duration) and not _in_words(each) else None for each in cells}
    return replace(output, type=Duration(families.pop() if len(families) == 1 else None))


def _in_words(expr: Expr) -> bool:
    """Whether it is a time that no number tells: months, from … to …, every …."""
    return isinstance(expr, Literal) and (not isinstance(expr.value, Span) or bool(expr.value.months))


def _mixed(kind: Type) -> bool:
    return isinstance(kind, Duration) and kind.family is None


def _kind(kind: Type) -> Type:
    """Return the type whose column an output has: words for what is told in words."""
    return dialects.WORDS if isinstance(kind, Words) or _mixed(kind) else kind


def _of_row(table: Table, output: Output, said: Said) -> Sql:
    """Return the result of the row that counts; rows of the same result together."""
    rows: dict[Sql, list[int]] = {}
    for row in table.rows:
        if output.name in row.outputs:
            rows.setdefault(result(output, row.outputs[output.name], said), []).append(row.index)
    case = exp.Case()
    for value, indexes in rows.items():
        case = case.when(_is_one_of(indexes), value, copy=False)
    return _typed(case if rows else null(), output, said)


def _is_one_of(indexes: Sequence[int]) -> Sql:
    fired = column(FIRED)
    if len(indexes) == 1:
        return exp.EQ(this=fired, expression=number(indexes[0]))
    return exp.In(this=fired, expressions=[number(each) for each in indexes])


def _cells(table: Table, output: Output, said: Said, holds: Holds) -> list[tuple[Sql, Sql]]:
    """Return for each row that gives the output whether it counts, and the result if it does."""
    found = []
    for row in table.rows:
        if output.name in row.outputs:
            counts = _is_one_of([row.index]) if row.otherwise else holds(row)
            value = exp.Case().when(counts, result(output, row.outputs[output.name], said), copy=False)
            found.append((counts, _typed(value, output, said)))
    return found


def _listed(table: Table, output: Output, said: Said, holds: Holds) -> Sql:
    """Return the results of all rows that hold, in the order they count; NULL until all of them are known."""
    cells = _cells(table, output, said, holds)
    given = dialects.some_of(
        [value for _, value in cells] or [_typed(null(), output, said)],
        [counts.copy() for counts, _ in cells] or [exp.false()],
        said.dialect,
    )
    return _once_known(cells, given)


def _totalled(table: Table, output: Output, said: Said, how: tuple[Total, Holds]) -> Sql:
    """Return what the results come to; NULL until all of them are known, and where there are none to compare."""
    by, holds = how
    cells = _cells(table, output, said, holds)
    values = [value for _, value in cells]
    ones = [exp.Case().when(each.copy(), number(1), copy=False).else_(number(0), copy=False) for each, _ in cells]
    match by:
        case Total.COUNT:
            found = _sum(ones)
        case _ if not values:
            found = _typed(null(), output, said)
        case Total.SUM:
            known = [exp.Coalesce(this=each.copy(), expressions=[number(0)]) for each in values]
            some = said.joined([counts.copy() for counts, _ in cells], exp.Or)
            found = exp.Case().when(some, _sum(known), copy=False)
        case Total.SMALLEST | Total.LARGEST:
            name = "LEAST" if by is Total.SMALLEST else "GREATEST"
            found = exp.Anonymous(this=name, expressions=values) if len(values) > 1 else values[0]
    return _once_known(cells, found)


def _sum(values: Sequence[Sql]) -> Sql:
    found: Sql = values[0] if values else number(0)
    for each in values[1:]:
        found = exp.Add(this=found, expression=each)
    return found


def _once_known(cells: Sequence[tuple[Sql, Sql]], found: Sql) -> Sql:
    """Return what is found, NULL while a row is undecided or the result of one that counts is unknown."""
    case = exp.Case().when(is_null(column(FIRED)), null(), copy=False)
    for counts, value in cells:
        told = value.find(exp.If)
        if told is None or not isinstance(told.args["true"], exp.Literal | exp.Boolean):
            lacks = exp.And(this=exp.Paren(this=counts.copy()), expression=is_null(value))
            case = case.when(lacks, null(), copy=False)
    return case.else_(found, copy=False)


def _typed(value: Sql, output: Output, said: Said) -> Sql:
    """Return the value in the type of its column; decimals keep the digits that they have."""
    name = dialects.kind_of(_kind(output.type), said.dialect)
    if name.startswith("DECIMAL") and not isinstance(value, exp.Null):
        return value
    return exp.Cast(this=value, to=exp.DataType.build(name, dialect=said.dialect.value))
