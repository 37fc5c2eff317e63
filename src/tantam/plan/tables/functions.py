"""What the functions of the language take and give."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.plan.errors import Finding, Place
from tantam.plan.tables.findings import finding
from tantam.plan.tables.nodes import LIST_FUNCTIONS, Call, Element, Expr, Fact, Literal
from tantam.plan.tables.rules import BROKEN, common
from tantam.plan.tables.types import (
    Broken,
    Date,
    Duration,
    ListOf,
    Money,
    Number,
    Ordering,
    SomeOf,
    Type,
    YesNo,
    ordering,
)
from tantam.plan.tables.values import Family

# How many arguments: from, to. None is any number.
ARGUMENTS: dict[str, tuple[int, int | None]] = {
    "some": (2, 2),
    "every": (2, 2),
    "count": (1, 2),
    "sum": (2, 2),
    "smallest": (2, 2),
    "largest": (2, 2),
    "distinct": (2, 2),
    "min": (1, None),
    "max": (1, None),
    "abs": (1, 1),
    "round": (1, 2),
    "if": (3, 3),
    "known": (1, 1),
    "deadline": (2, 2),
}
MOST_DIGITS = 9
SUMMED = "number, money, duration"
ORDERED = f"{SUMMED}, date, time, moment"
EQUAL = f"{ORDERED}, text, one_of, some_of, yes_no"


def call_type(call: Call) -> tuple[Type, list[Finding]]:
    """Return the type of a call whose arguments are checked, and what is wrong with them."""
    least, most = ARGUMENTS[call.name]
    count = len(call.args)
    if count < least or (most is not None and count > most):
        allowed = f"{least}.." if most is None else str(least) if least == most else f"{least}..{most}"
        return BROKEN, [finding("T14", call.place, name=call.name, got=str(count), allowed=allowed)]
    if any(isinstance(arg.type, Broken) for arg in call.args):
        return BROKEN, []
    match call.name:
        case name if name in LIST_FUNCTIONS:
            return _over_list(call)
        case "min" | "max":
            return _same(call, call.args, ordered=True)
        case "if":
            return _same(call, call.args[1:], ordered=False)
        case "abs":
            kind = call.args[0].type
            return (kind, []) if isinstance(kind, Number | Money | Duration) else _wrong(call, 0, SUMMED)
        case "round":
            return _round(call)
        case "known":
            return _known(call)
        case _:
            return _deadline(call)


def _wrong(call: Call, index: int, allowed: str) -> tuple[Type, list[Finding]]:
    arg = call.args[index]
    return BROKEN, [finding("T45", arg.place, name=call.name, got=str(arg.type), allowed=allowed)]


def _over_list(call: Call) -> tuple[Type, list[Finding]]:
    listed = call.args[0].type
    if call.name == "count" and isinstance(listed, SomeOf) and len(call.args) == 1:
        return Number(whole=True), []
    if not isinstance(listed, ListOf):
        place: Place = call.args[0].place
        return BROKEN, [finding("T28", place, name=call.name, got=str(listed))]
    if call.name in ("some", "every"):
        return YesNo(), []
    if call.name == "count":
        return Number(whole=True), []
    kind = call.args[1].type
    if call.name == "distinct":
        admitted = ordering(kind) is not Ordering.NONE
        return (Number(whole=True), []) if admitted else _wrong(call, 1, EQUAL)
    if call.name == "sum":
        return (_plain(kind), []) if isinstance(kind, Number | Money | Duration) else _wrong(call, 1, SUMMED)
    return (_plain(kind), []) if ordering(kind) is Ordering.ORDERED else _wrong(call, 1, ORDERED)


def _plain(kind: Type) -> Type:
    """Return the type without the bounds of a single value."""
    return common(kind, kind) or kind


def _same(call: Call, args: Sequence[Expr], *, ordered: bool) -> tuple[Type, list[Finding]]:
    kind: Type = args[0].type
    for arg in args:
        joined = common(kind, arg.type)
        if joined is None:
            details = {"op": call.name, "left": str(kind), "right": str(arg.type)}
            return BROKEN, [finding("T44", arg.place, **details)]
        kind = joined
    if ordered and ordering(kind) is not Ordering.ORDERED:
        return _wrong(call, 0, ORDERED)
    return kind, []


def _round(call: Call) -> tuple[Type, list[Finding]]:
    if not isinstance(call.args[0].type, Number | Money):
        return _wrong(call, 0, "number, money")
    if len(call.args) == 2:
        digits = call.args[1]
        fine = isinstance(digits, Literal) and isinstance(digits.value, int) and abs(digits.value) <= MOST_DIGITS
        if not fine or isinstance(digits.type, YesNo):
            return BROKEN, [finding("T50", digits.place, allowed=f"-{MOST_DIGITS}..{MOST_DIGITS}")]
    return call.args[0].type, []


def _known(call: Call) -> tuple[Type, list[Finding]]:
    if isinstance(call.args[0], Fact | Element):
        return YesNo(), []
    return BROKEN, [finding("T29", call.args[0].place)]


def _deadline(call: Call) -> tuple[Type, list[Finding]]:
    start, span = call.args[0].type, call.args[1].type
    if not isinstance(start, Date):
        return _wrong(call, 0, "date")
    if not isinstance(span, Duration) or span.family is Family.EXACT or span.family is None:
        return _wrong(call, 1, "duration(days), duration(working days)")
    return Date(), []
