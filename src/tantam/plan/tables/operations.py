"""What operators and functions do with values; knows no terms and no expressions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tantam.plan.months import add_months
from tantam.plan.tables.types import Duration, Money, Type
from tantam.plan.tables.values import Amount, Family, Span, plain_number, rounded

COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
# Durations are equal where neither is longer, as an age of 29 days and a month from 31 January to 29 February.
COMPARE_SPANS: Mapping[str, Callable[[Any, Any], Any]] = {
    **COMPARE,
    "=": lambda left, right: operator.eq(*left.keys_against(right)),
    "!=": lambda left, right: operator.ne(*left.keys_against(right)),
}


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, Span) and isinstance(right, date):
        return _moved(right, left)
    if isinstance(left, date):
        return _moved(left, right)
    return left + right


def _subtract(left: Any, right: Any) -> Any:
    if isinstance(left, date):
        if isinstance(right, Span):
            return _moved(left, -right)
        if isinstance(left, datetime):
            return Span(Family.EXACT, (left.astimezone(UTC) - right.astimezone(UTC)) // timedelta(seconds=1))
        return Span.age(right, left)
    return left - right


def _moved(start: date, span: Span) -> date:
    """Return the day or moment that lies a span later."""
    if isinstance(start, datetime):
        # By way of UTC: within one zone Python adds on the wall's clock, which summer time moves.
        return (start.astimezone(UTC) + timedelta(seconds=span.amount)).astimezone(start.tzinfo)
    return (add_months(start, span.months) if span.months else start) + timedelta(days=span.amount)


def _divide(left: Any, right: Any) -> Any:
    if isinstance(left, Amount):
        return left / right
    if isinstance(left, Span):
        if isinstance(right, Span):
            return plain_number(Fraction(left.amount, right.amount))
        return left * (1 / Fraction(right))
    return plain_number(Fraction(left) / right)


def _multiply(left: Any, right: Any) -> Any:
    product = left * right
    return plain_number(product) if isinstance(product, Fraction) else product


def _sum_plain(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def apply(left: Any, right: Any) -> Any:
        value = function(left, right)
        return plain_number(value) if isinstance(value, Fraction) else value

    return apply


ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": _sum_plain(_add),
    "-": _sum_plain(_subtract),
    "*": _multiply,
    "/": _divide,
}


def round_to(value: Any, digits: int = 0) -> Any:
    """Return a number or amount with so many digits after the point; halves go away from zero."""
    if isinstance(value, Amount):
        return Amount.of(round_to(value.major, digits), value.currency)
    scale = Fraction(10) ** digits
    return plain_number(Fraction(rounded(plain_number(value * scale))) / scale)


def fold_of(name: str, kind: Type) -> Callable[[list[Any]], Any]:
    """Return what a list function makes of the values of all elements, None being unknown. kind: the result's type."""
    match name:
        case "some":
            return lambda values: True if True in values else None if None in values else False
        case "every":
            return lambda values: False if False in values else None if None in values else True
        case "count":
            return lambda values: None if None in values else values.count(True)
        case "distinct":
            return lambda values: None if None in values else len(set(values))
        case "smallest":
            return lambda values: None if None in values or not values else min(values)
        case "largest":
            return lambda values: None if None in values or not values else max(values)
        case _:
            return lambda values: None if None in values else _total(values, kind)


def _total(values: list[Any], kind: Type) -> Any:
    match kind:
        case Money(currency=currency):
            total: Any = Amount(0, currency)
        case Duration(family=family):
            total = Span(family or Family.EXACT)
        case _:
            total = 0
    for value in values:
        total = total + value
    return plain_number(total) if isinstance(total, Fraction) else total
