"""What FEEL's operators do with values; whatever has no meaning is null (None)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import Any, TypeAlias

from tantam.plan.dmn.feel.temporal import MICROSECOND, at_midnight, key_of
from tantam.plan.dmn.feel.values import DECIMALS, Months, Range
from tantam.plan.months import add_months

ORDERED = (Decimal, str, date, time, datetime, timedelta, Months)
ZONED = (time, datetime)


def equal(left: Any, right: Any) -> bool | None:
    """Return whether both are the same; null only equals null; None where the types differ."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    match left:
        case list():
            return len(left) == len(right) and all(map(_same, left, right))
        case dict():
            return left.keys() == right.keys() and all(_same(value, right[name]) for name, value in left.items())
        case Range():
            ends = (left.low_open, left.high_open) == (right.low_open, right.high_open)
            return ends and _same(left.low, right.low) and _same(left.high, right.high)
        case time() | datetime():
            return bool(key_of(left) == key_of(right))
        case _:
            return bool(left == right)


def _same(left: Any, right: Any) -> bool:
    return equal(left, right) is True


def compared(op: str, left: Any, right: Any) -> bool | None:
    """Return the comparison, None where the values have no common order. op: = != < <= > >= ."""
    if op == "=":
        return equal(left, right)
    if op == "!=":
        same = equal(left, right)
        return None if same is None else not same
    if type(left) is not type(right) or not isinstance(left, ORDERED):
        return None
    if isinstance(left, ZONED):
        if (left.tzinfo is None) is not (right.tzinfo is None):  # the one without a zone is in the other's
            left, right = left.replace(tzinfo=None), right.replace(tzinfo=None)
        left, right = key_of(left)[1], key_of(right)[1]
    return bool(ORDERS[op](left, right))


ORDERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def both(parts: Sequence[bool | None]) -> bool | None:
    """Return three-valued `and`; anything but a boolean is null."""
    return False if any(each is False for each in parts) else True if all(each is True for each in parts) else None


def either(parts: Sequence[bool | None]) -> bool | None:
    """Return three-valued `or`."""
    return True if any(each is True for each in parts) else False if all(each is False for each in parts) else None


def within(value: Any, bounds: Range) -> bool | None:
    """Return whether the value lies in the range; None where it does not compare with an end."""
    tests = []
    if bounds.low is not None:
        tests.append(compared(">" if bounds.low_open else ">=", value, bounds.low))
    if bounds.high is not None:
        tests.append(compared("<" if bounds.high_open else "<=", value, bounds.high))
    return both(tests) if tests else None


def among(value: Any, wanted: Any) -> bool | None:
    """Return whether the value is what a unary test yielded: equal to it, or in its list or range."""
    if isinstance(wanted, Range) and not isinstance(value, Range):
        return within(value, wanted)
    if not isinstance(wanted, list):
        return equal(value, wanted)
    if isinstance(value, list) and _same(value, wanted):
        return True
    found = [within(value, each) if isinstance(each, Range) else equal(value, each) for each in wanted]
    return any(each is True for each in found)


def arithmetic(op: str, left: Any, right: Any) -> Any:
    """Return the result, None where the types do not go together or it has no value. op: + - * / ** ."""
    found = TABLE.get((op, type(left), type(right)))
    if found is None:
        return None
    try:
        return found(left, right)
    except (DecimalException, ArithmeticError, ValueError):
        return None


def negative(value: Any) -> Any:
    """Return the number or duration with the other sign."""
    match value:
        case Decimal() | timedelta():
            return -value
        case Months(months=months):
            return Months(-months)
    return None


def _moved(start: Any, span: timedelta) -> Any:
    if isinstance(start, time):
        clock = datetime.combine(date(2000, 1, 1), start.replace(tzinfo=None)) + span % timedelta(days=1)
        return clock.time().replace(tzinfo=start.tzinfo)
    if isinstance(start, datetime):
        if start.tzinfo is None:
            return start + span
        # By way of UTC: within one zone Python adds on the wall's clock, which summer time moves.
        return (start.astimezone(UTC) + span).astimezone(start.tzinfo)
    return start + timedelta(days=span // timedelta(days=1))


def _moved_months(start: date, months: int) -> date:
    if isinstance(start, datetime):
        return datetime.combine(add_months(start.date(), months), start.timetz())
    return add_months(start, months)


def _between(left: date, right: date) -> timedelta | None:
    one, other = at_midnight(left), at_midnight(right)
    if (one.tzinfo is None) is not (other.tzinfo is None):
        return None
    return one - other if one.tzinfo is None else one.astimezone(UTC) - other.astimezone(UTC)


def _between_times(left: time, right: time) -> timedelta | None:
    one, other = key_of(left), key_of(right)
    return one[1] - other[1] if one[0] is other[0] else None


def _scaled(span: timedelta, factor: Decimal) -> timedelta:
    return timedelta(microseconds=round(Fraction(span // MICROSECOND) * Fraction(factor)))


def _shared(span: timedelta, divisor: Decimal) -> timedelta:
    return timedelta(microseconds=round(Fraction(span // MICROSECOND) / Fraction(divisor)))


def number_of(value: Fraction) -> Decimal:
    """Return the fraction as a decimal of 34 digits."""
    return DECIMALS.divide(Decimal(value.numerator), Decimal(value.denominator))


Table: TypeAlias = dict[tuple[str, type, type], Callable[[Any, Any], Any]]


def _table() -> Table:
    numbers: dict[str, Callable[[Any, Any], Any]] = {
        "+": DECIMALS.add, "-": DECIMALS.subtract, "*": DECIMALS.multiply, "/": DECIMALS.divide, "**": DECIMALS.power,
    }  # fmt: skip
    table: Table = {(op, Decimal, Decimal): function for op, function in numbers.items()}
    table["+", str, str] = operator.add
    for start in (date, datetime, time):
        table["+", start, timedelta] = _moved
        table["-", start, timedelta] = lambda value, span: _moved(value, -span)
        table["+", timedelta, start] = lambda span, value: _moved(value, span)
    for start in (date, datetime):
        table["+", start, Months] = lambda value, span: _moved_months(value, span.months)
        table["-", start, Months] = lambda value, span: _moved_months(value, -span.months)
        table["+", Months, start] = lambda span, value: _moved_months(value, span.months)
        for other in (date, datetime):
            table["-", start, other] = _between
    table["-", time, time] = _between_times
    for op, function in (("+", operator.add), ("-", operator.sub)):
        table[op, timedelta, timedelta] = function
        table[op, Months, Months] = _on_months(function)
    return table | _of_spans()


def _on_months(function: Callable[[int, int], int]) -> Callable[[Months, Months], Months]:
    return lambda one, two: Months.of(function(one.months, two.months))


def _of_spans() -> Table:
    return {
        ("*", timedelta, Decimal): _scaled,
        ("*", Decimal, timedelta): lambda factor, span: _scaled(span, factor),
        ("/", timedelta, Decimal): _shared,
        ("/", timedelta, timedelta): lambda one, two: number_of(Fraction(one // MICROSECOND, two // MICROSECOND)),
        ("*", Months, Decimal): lambda span, factor: Months.of(span.months * Fraction(factor)),
        ("*", Decimal, Months): lambda factor, span: Months.of(span.months * Fraction(factor)),
        ("/", Months, Decimal): lambda span, divisor: Months.of(span.months / Fraction(divisor)),
        ("/", Months, Months): lambda one, two: number_of(Fraction(one.months, two.months)),
    }


TABLE = _table()
