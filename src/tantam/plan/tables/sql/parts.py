"""Exact fractions in SQL: a number as a whole or decimal expression over a whole divisor, compared without dividing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sqlglot import exp

from tantam.plan.tables.sql.dialects import Dialect, Sql, divided, number

MOST_DIGITS = 12
COMPARED = {"=": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}
TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
ATOMS = (exp.Column, exp.Literal, exp.Anonymous, exp.Paren, exp.Case, exp.Cast, exp.Boolean, exp.Null)


@dataclass(frozen=True, slots=True)
class Part:
    """top / below, and divided once more by `by` where that is a fact. below: > 0.

    whole: `top` is a whole number. constant: the value, None if facts are in it."""

    top: Sql
    below: int = 1
    whole: bool = False
    by: Sql | None = None
    constant: Fraction | None = None

    @property
    def flat(self) -> Sql | None:
        """The number as one expression, None where that would have to divide."""
        if self.constant is not None:
            return decimal(self.constant)
        return self.top if self.below == 1 and self.by is None else None


def of(value: int | Fraction) -> Part:
    """Return a number as written."""
    exact = Fraction(value)
    return Part(number(exact.numerator), exact.denominator, whole=True, constant=exact)


def decimal(value: Fraction) -> Sql | None:
    """Return a number with a point, None if its digits do not end soon."""
    for digits in range(MOST_DIGITS + 1):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            if not digits:
                return number(int(scaled))
            whole, rest = divmod(abs(int(scaled)), 10**digits)
            written: Sql = exp.Literal.number(f"{whole}.{rest:0{digits}d}")
            return exp.Neg(this=written) if value < 0 else written
    return None


def exactly(part: Part) -> Sql | None:
    """Return the number as one expression, None where its digits may not end."""
    if part.flat is not None or part.by is not None:
        return part.flat
    factor = decimal(Fraction(1, part.below))
    return None if factor is None else exp.Mul(this=grouped(part.top), expression=factor)


def grouped(value: Sql) -> Sql:
    """Return a copy of the expression that may stand beside any operator."""
    value = value.copy()
    return value if isinstance(value, ATOMS) else exp.Paren(this=value)


def times(value: Sql, factor: int) -> Sql:
    """Return the product with a whole number."""
    if isinstance(value, exp.Literal) and not value.is_string and value.this.isdigit():
        return number(int(value.this) * factor)
    return value if factor == 1 else exp.Mul(this=grouped(value), expression=grouped(number(factor)))


def compared(op: str, left: Part, right: Part) -> Sql:
    """Return whether left op right. At most one side has a `by`; unknown where that is 0."""
    if right.by is not None:
        return compared(TURNED[op], right, left)
    flat = (left.flat, right.flat)
    if left.by is None and flat[0] is not None and flat[1] is not None:
        return COMPARED[op](this=grouped(flat[0]), expression=grouped(flat[1]))
    if left.by is None:
        return COMPARED[op](
            this=grouped(times(left.top, right.below)), expression=grouped(times(right.top, left.below))
        )
    one = grouped(times(left.top, right.below))
    two = exp.Mul(this=grouped(times(right.top, left.below)), expression=grouped(left.by))
    above = COMPARED[op](this=one, expression=grouped(two))
    turned = COMPARED[TURNED[op]](this=one.copy(), expression=grouped(two))
    zero = exp.Literal.number(0)
    positive = exp.GT(this=grouped(left.by), expression=zero)
    negative = exp.LT(this=grouped(left.by), expression=zero.copy())
    return exp.Case().when(positive, above, copy=False).when(negative, turned, copy=False)


def added(left: Part, right: Part, kind: type[exp.Add] | type[exp.Sub]) -> Part:
    """Return the sum or difference; neither has a `by`."""
    below = left.below * right.below
    top = kind(this=grouped(times(left.top, right.below)), expression=grouped(times(right.top, left.below)))
    return Part(top, below, left.whole and right.whole)


def multiplied(left: Part, right: Part) -> Part:
    """Return the product; neither has a `by`."""
    for one, other in ((left, right), (right, left)):
        if one.constant is not None:
            return Part(times(other.top, one.constant.numerator), other.below * one.below, other.whole)
    return Part(
        exp.Mul(this=grouped(left.top), expression=grouped(right.top)),
        left.below * right.below,
        left.whole and right.whole,
    )


def negative(part: Part) -> Part:
    """Return the number with the other sign."""
    if part.constant is not None:
        return of(-part.constant)
    return Part(exp.Neg(this=grouped(part.top)), part.below, part.whole, part.by)


def whole_of(part: Part, dialect: Dialect) -> Sql:
    """Return the nearest whole number, halves away from zero. part: whole, without `by`."""
    if part.below == 1:
        return part.top
    above = exp.GTE(this=grouped(part.top), expression=exp.Literal.number(0))
    up = divided(exp.Add(this=times(part.top, 2), expression=number(part.below)), 2 * part.below, dialect)
    down = divided(
        exp.Add(this=times(exp.Neg(this=grouped(part.top)), 2), expression=number(part.below)), 2 * part.below, dialect
    )
    known = exp.LT(this=grouped(part.top), expression=exp.Literal.number(0))
    return exp.Case().when(above, up, copy=False).when(known, exp.Neg(this=grouped(down)), copy=False)
