"""The promises that run by minutes and hours: for whom, for how long, and in which hours of the week they run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tantam.plan.checks.hours.week import Stretches, named
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.cells import contains
from tantam.plan.tables.nodes import Fact, Literal
from tantam.plan.tables.table import Row, Table
from tantam.plan.tables.values import Every, Family, Range, Span


@dataclass(frozen=True, slots=True)
class Promised:
    """A row of the promises. minutes: at the shortest, > 0. clock: the hours' name, "" for calendar time."""

    table: Table
    row: Row
    minutes: int
    clock: str
    week: Stretches

    @property
    def clause(self) -> str:
        """Its address."""
        return f"{self.table.name}#{self.row.name}"

    def is_for(self, severity: str) -> bool:
        """Return whether a case of this severity may be promised it."""
        return row_admits(self.table, self.row, "severity", severity)


def promised(plan: Plan) -> Iterator[Promised]:
    """Yield every promise in minutes or hours whose time is written, not computed; nothing that is due at once."""
    for table in plan.promises.tables:
        for row in table.rows:
            minutes = _minutes(row)
            if minutes:
                clock = _clock(plan, row)
                yield Promised(table, row, minutes, clock, named(plan, clock))


def row_admits(table: Table, row: Row, term: str, value: str) -> bool:
    """Return whether a row may match when a one-of term has this value; what cannot be told is admitted."""
    for column, cell in zip(table.inputs, row.conditions, strict=True):
        if (
            isinstance(column.expr, Fact)
            and column.expr.path == (term,)
            and cell is not None
            and cell.region is not None
        ):
            return contains(cell.region, value)
    return True


def shortest(row: Row) -> Span | None:
    """Return the shortest time that a row promises, None where it is computed or there is none."""
    out = row.outputs.get("within")
    value = out.expr.value if out is not None and isinstance(out.expr, Literal) else None
    match value:
        case Range(low=Span() as low):
            return low
        case Every(span=span):
            return span
        case Span():
            return value
        case _:
            return None


def _minutes(row: Row) -> int:
    span = shortest(row)
    return span.amount // 60 if span is not None and span.family is Family.EXACT else 0


def _clock(plan: Plan, row: Row) -> str:
    outs = (row.outputs.get(column) for column in ("on", "clock"))
    return next((each.text for each in outs if each is not None), plan.promises.clock)
