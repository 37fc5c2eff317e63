"""Whether conditions count both in days and in months: how many days a month has depends on the month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from operator import itemgetter

from tantam.plan.months import add_months
from tantam.plan.tables.nodes import Arithmetic, Expr, Literal, children
from tantam.plan.tables.table import Row
from tantam.plan.tables.values import Family, Span

# Four years with one leap day in them: after these, months have the lengths that they had.
_FIRST, _YEARS_OF_DAYS = date(2026, 1, 1), 1461
_MOST_STARTS = 12


def mixes_days_and_months(exprs: Iterable[Expr]) -> bool:
    """Return whether what never can be, by the average length of a month, may yet be in some month."""
    spans = [span for expr in exprs for span in _spans(expr)]
    return any(span.months for span in spans) and any(not span.months and not span.is_zero for span in spans)


def starts_that_matter(exprs: Iterable[Expr]) -> tuple[date, ...]:
    """Return days to count from, one for each way in which the months of the conditions can be long or short.

    () where it is the same for all: no number of days lies where one of these months may end. Of very many ways, only
    those in which one of them is longest or shortest.
    """
    written = list(exprs)
    spans = {span for expr in written for span in _spans(expr) if span.family is Family.CALENDAR}
    counts = tuple(sorted({span.months for span in spans if 0 < span.months <= 1200}))
    days = [span.amount for span in spans if not span.months and not span.is_zero]
    if not counts or not (any(map(_adds, written)) or any(_may_end(count, day) for count in counts for day in days)):
        return ()
    return _starts(counts)


@cache
def _starts(counts: tuple[int, ...]) -> tuple[date, ...]:
    ways: dict[tuple[int, ...], date] = {}
    for n in range(_YEARS_OF_DAYS):
        start = _FIRST + timedelta(days=n)
        ways.setdefault(tuple((add_months(start, each) - start).days for each in counts), start)
    if len(ways) > _MOST_STARTS:
        ends = [end(ways, key=itemgetter(n)) for n in range(len(counts)) for end in (min, max)]
        ways = {way: ways[way] for way in ends[:_MOST_STARTS]}
    return tuple(ways.values())


def _may_end(months: int, days: int) -> bool:
    """Return whether so many months may last about so many days."""
    return 28 * months - 1 <= days <= 31 * months + 1 and abs(days - months * 30.44) <= 5


def _adds(expr: Expr) -> bool:
    """Return whether times are added up somewhere in it."""
    own = isinstance(expr, Arithmetic) and any(span.family is Family.CALENDAR for span in _spans(expr))
    return own or any(_adds(child) for child in children(expr))


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
