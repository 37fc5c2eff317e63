"""FEEL's functions over numbers and booleans."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)  # fmt: skip
from typing import Any

from tantam.plan.dmn.feel.functions.registry import Registry, builtin
from tantam.plan.dmn.feel.operations import negative
from tantam.plan.dmn.feel.values import DECIMALS, Months, whole

FUNCTIONS: Registry = {}
MOST_PLACES = 6_176  # of decimal128
ZERO = Decimal(0)
ROUNDINGS = {
    "decimal": ROUND_HALF_EVEN, "round up": ROUND_UP, "round down": ROUND_DOWN, "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}  # fmt: skip


def rounded(value: Decimal, places: Decimal, how: str) -> Decimal | None:
    """Return the number with so many digits behind the point (before it if negative), None if that is too many."""
    scale = whole(places)
    if scale is None or abs(scale) > MOST_PLACES:
        return None
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= -scale:
        return value
    if value.adjusted() + scale < -1:  # far below half a unit
        unit = Decimal((value.as_tuple().sign, (1,), -scale))
        away = how == ROUND_UP or (how == ROUND_CEILING and value > 0) or (how == ROUND_FLOOR and value < 0)
        return unit if away and value else ZERO
    return value.quantize(Decimal((0, (1,), -scale)), how, DECIMALS)


for _name, _how in ROUNDINGS.items():
    builtin(FUNCTIONS, f"{_name}(n: number, scale: number)")(
        lambda value, scale, how=_how: rounded(value, scale, how),
    )
for _name, _how in (("floor", ROUND_FLOOR), ("ceiling", ROUND_CEILING)):
    builtin(FUNCTIONS, f"{_name}(n: number)", f"{_name}(n: number, scale: number)")(
        lambda value, scale=ZERO, how=_how: rounded(value, scale, how),
    )


@builtin(FUNCTIONS, "abs(n: number|days|months)")
def _abs(value: Any) -> Any:
    nothing = value * 0 if not isinstance(value, Months) else Months(0)
    return negative(value) if value < nothing else value


@builtin(FUNCTIONS, "modulo(dividend: number, divisor: number)")
def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    rest = DECIMALS.remainder(dividend, divisor)
    return DECIMALS.add(rest, divisor) if rest and (rest < 0) is not (divisor < 0) else rest


@builtin(FUNCTIONS, "sqrt(number: number)")
def _sqrt(value: Decimal) -> Decimal:
    return DECIMALS.sqrt(value)


@builtin(FUNCTIONS, "log(number: number)")
def _log(value: Decimal) -> Decimal | None:
    return DECIMALS.ln(value) if value > 0 else None


@builtin(FUNCTIONS, "exp(number: number)")
def _exp(value: Decimal) -> Decimal:
    return DECIMALS.exp(value)


@builtin(FUNCTIONS, "odd(number: number)")
def _odd(value: Decimal) -> bool | None:
    return bool(DECIMALS.remainder(value, Decimal(2))) if value == value.to_integral_value() else None


@builtin(FUNCTIONS, "even(number: number)")
def _even(value: Decimal) -> bool | None:
    return not DECIMALS.remainder(value, Decimal(2)) if value == value.to_integral_value() else None


@builtin(FUNCTIONS, "not(negand: boolean)")
def _not(value: bool) -> bool:
    return not value
