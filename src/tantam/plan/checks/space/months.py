"""Whether conditions count both in days and in months: how many days a month has depends on the month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tantam.plan.tables.nodes import Expr, Literal, children
from tantam.plan.tables.table import Row
from tantam.plan.tables.values import Span


def mixes_days_and_months(exprs: Iterable[Expr]) -> bool:
    """Return whether what never can be, by the average length of a month, may yet be in some month."""
    spans = [span for expr in exprs for span in _spans(expr)]
    return any(span.months for span in spans) and any(not span.months and not span.is_zero for span in spans)


def counts_months(exprs: Iterable[Expr]) -> bool:
    """Return whether a condition counts in months."""
    return any(span.months for expr in exprs for span in _spans(expr))


def conditions_of(rows: Iterable[Row]) -> Iterator[Expr]:
    """Yield the conditions of rows."""
    return (cell.expr for row in rows for cell in row.conditions if cell is not None)


def _spans(expr: Expr) -> Iterator[Span]:
    if isinstance(expr, Literal) and isinstance(expr.value, Span):
        yield expr.value
    for child in children(expr):
        yield from _spans(child)
