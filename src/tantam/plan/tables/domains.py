"""Reads what a term can be, as terms, records and outputs write it: a type with its bounds, values or fields."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tantam.plan.errors import Finding, Place
from tantam.plan.tables import nodes
from tantam.plan.tables.expressions import parse_result
from tantam.plan.tables.findings import finding, unknown
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.types import (
    Date,
    Duration,
    ListOf,
    Moment,
    Money,
    Number,
    OneOf,
    RecordOf,
    SomeOf,
    Text,
    Time,
    Type,
    YesNo,
)
from tantam.plan.tables.values import Amount, Span, order_key

UNBOUNDED = "any"
PLAIN_TYPES: Mapping[str, Type] = {
    "yes_no": YesNo(),
    "date": Date(),
    "time": Time(),
    "moment": Moment(),
    "text": Text(),
}
TYPES = (*PLAIN_TYPES, "number", "money", "duration", "one_of", "some_of", "list", "record")


def read_type(
    kind: str, spec: Any, place: Place, *, records: Mapping[str, RecordOf], currency: str
) -> tuple[Type | None, list[Finding]]:
    """Return the type of `{kind: spec}` as terms, records and outputs write it.

    kind: yes_no number money duration date time moment text one_of some_of list record.
    spec: bounds (`0..`, `0 days..`, `any`), values (a list, or a mapping from value to label) or a record's name.
    A number's `unit:` and a list's `count:` are set with dataclasses.replace."""
    match kind:
        case "number" | "money" | "duration":
            return _bounded(kind, str(spec), place, currency)
        case "one_of" | "some_of":
            return _chosen(kind, spec, place)
        case "list" | "record":
            if str(spec) not in records:
                return None, [unknown("T48", place, str(spec), records)]
            return (ListOf(records[str(spec)]) if kind == "list" else records[str(spec)]), []
        case _ if kind in PLAIN_TYPES:
            fine = str(spec) == UNBOUNDED
            return PLAIN_TYPES[kind], [] if fine else [finding("T30", place, got=str(spec), allowed=UNBOUNDED)]
        case _:
            return None, [unknown("T47", place, kind, TYPES)]


def _chosen(kind: str, spec: Any, place: Place) -> tuple[Type | None, list[Finding]]:
    values = tuple(str(value) for value in spec) if isinstance(spec, Mapping | list | tuple) else ()
    if not values or any(isinstance(value, bool | None) for value in spec):
        return None, [finding("T51", place, got=str(spec))]
    if len(set(values)) < len(values):
        return None, [finding("T24", place, got=next(value for value in values if values.count(value) > 1))]
    return (OneOf(values) if kind == "one_of" else SomeOf(values)), []


def _bounded(kind: str, text: str, place: Place, currency: str) -> tuple[Type | None, list[Finding]]:
    if text == UNBOUNDED:
        return ANY[kind] if kind in ANY else Money(currency), []
    wrong = finding("T30", place, got=text, allowed=BOUND_EXAMPLES[kind].format(currency=currency))
    tree, findings = parse_result(text, place)
    if not isinstance(tree, nodes.Bounds):
        return None, findings or [wrong]
    bounds = [None if bound is None else _bound(bound, kind, currency) for bound in (tree.low, tree.high)]
    for written, bound in zip((tree.low, tree.high), bounds, strict=True):
        if written is not None and bound is None:
            return None, [wrong]
    low, high = bounds
    known = high if low is None else low
    if known is None:
        return None, [wrong]
    if low is not None and high is not None and order_key(low) > order_key(high):
        return None, [finding("T21", place, got=str(low), allowed=str(high))]
    match kind:
        case "number":
            return Number("", low, high), []
        case "money":
            return Money(known.currency, low, high), []
        case _:
            family = (known if high is None else high).family
            return Duration(family, low if low is None or low.family is family else Span(family), high), []


ANY: Mapping[str, Type] = {"number": Number(), "duration": Duration(None)}
BOUND_EXAMPLES = {
    "number": "0.., 1..10, any",
    "money": "0.., 0..500 {currency}, any",
    "duration": "0 days.., 0 h..48 h, 0 working days..",
}


def _bound(expr: nodes.Expr, kind: str, currency: str) -> Any:
    """Return the value of a bound, None if it is not of this kind; money may leave out the plan's currency."""
    value = expr.value if isinstance(expr, Literal) else None
    if isinstance(value, bool) or value is None:
        return None
    if kind == "money" and isinstance(value, int | Fraction):
        return Amount.of(value, currency)
    expected = {"number": (int, Fraction), "money": (Amount,), "duration": (Span,)}[kind]
    return value if isinstance(value, expected) else None
