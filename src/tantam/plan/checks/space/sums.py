"""Sums of variables with factors: what an ordered expression of a plan comes down to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from tantam.plan.checks.space.axes import Variable
from tantam.plan.checks.space.formula import Formula
from tantam.plan.tables.types import Date, Duration, ListOf, Moment, Money, Number, Time, Type
from tantam.plan.tables.values import Family, order_key

# Years in which plans are thought to run: a case of the year 1 would teach nobody anything.
_FIRST, _USUAL, _LAST = date(2000, 1, 1), date(2026, 6, 15), date(2099, 12, 31)

_GRAINS = (86_400, 3_600, 60, 1)  # seconds: people count in days, hours, minutes


class TooManyCases(Exception):
    """An expression comes down to more cases than are looked into."""


@dataclass(frozen=True, slots=True)
class Sum:
    """terms: factor by variable, sorted by name, without zeros. rest: what is added to them."""

    terms: tuple[tuple[str, Fraction], ...]
    rest: Fraction


Cases = list[tuple[Formula, Sum]]


def plus(left: Sum, right: Sum) -> Sum:
    """Return the sum of both."""
    factors = dict(left.terms)
    for name, factor in right.terms:
        factors[name] = factors.get(name, Fraction(0)) + factor
    terms = tuple(sorted((name, factor) for name, factor in factors.items() if factor))
    return Sum(terms, left.rest + right.rest)


def times(total: Sum, factor: Fraction) -> Sum:
    """Return the sum, every term and the rest multiplied."""
    if not factor:
        return Sum((), Fraction(0))
    return Sum(tuple((name, each * factor) for name, each in total.terms), total.rest * factor)


def variable_of(key: str, path: tuple[str, ...], kind: Type) -> Variable:
    """Return the variable of a fact or computed number, bounded by its type."""
    match kind:
        case Number(low=low, high=high, whole=whole):
            # `0..` and `pieces >= 10` speak of whole things; the first broken bound says that halves count.
            counted = whole or all(isinstance(bound, int) for bound in (low, high) if bound is not None)
            return Variable(key, path, _bound(low), _bound(high), counted, kind=kind)
        case Money(low=least, high=most):
            return Variable(key, path, _bound(least), _bound(most), kind=kind)
        case Duration(low=shortest, high=longest):
            grains = _GRAINS if kind.family is Family.EXACT else ()
            return Variable(key, path, _bound(shortest), _bound(longest), kind=kind, grains=grains)
        case Date():
            first, usual, last = (Fraction(day.toordinal()) for day in (_FIRST, _USUAL, _LAST))
            return Variable(key, path, first, last, usual=usual, kind=kind)
        case Time():
            return Variable(key, path, Fraction(0), Fraction(86_399), kind=kind, grains=_GRAINS)
        case Moment():
            noon = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in (_FIRST, _USUAL, _LAST)]
            earliest, ordinary, latest = (Fraction(order_key(each)) for each in noon)
            steps = tuple(grain * 1_000_000 for grain in _GRAINS)
            return Variable(key, path, earliest, latest, usual=ordinary, kind=kind, grains=steps)
        case ListOf(low=fewest, high=greatest):
            return Variable(key, path, Fraction(fewest), _bound(greatest))
    # A count has no type of its own where it is made here.
    return Variable(key, path, Fraction(0) if key.startswith("count(") else None)


def _bound(value: object) -> Fraction | None:
    return None if value is None else Fraction(order_key(value))
