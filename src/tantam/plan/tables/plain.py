"""Plain values, as told or recorded (strings, numbers, mappings of YAML and JSON), to values of a type and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tantam.plan.errors import BadFact, Place, TantamError, UnknownName
from tantam.plan.tables.expressions import parse_result
from tantam.plan.tables.literals import date_of, number_of, quantity_of, time_of
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import (
    Broken,
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
    Word,
    Words,
    YesNo,
)
from tantam.plan.tables.values import (
    Amount,
    Every,
    Family,
    Range,
    Span,
    minor_digits,
    number_text,
    order_key,
    plain_number,
)

NOWHERE = Place("", 1, 1)
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def read_fact(name: str, raw: Any, kind: Type) -> Any:
    """Return the value of a fact, None if it is missing (None). Raises BadFact outside its domain.

    Money without a currency is of the type's; texts are read as cells write them (`12 days`, `9.90 EUR`, `yes`)."""
    if raw is None:
        return None
    try:
        value = _read(name, raw, kind)
    except (ValueError, ArithmeticError) as problem:
        raise BadFact(name, raw, _allowed(kind)) from problem
    if value is None or not _in_bounds(value, kind):
        raise BadFact(name, raw, _allowed(kind))
    return value


def read_span(written: str) -> Span | None:
    """Return the length of time that is written as cells write it (`12 days`), None if it is none."""
    try:
        found = read_fact("within", written, Duration(None))
    except TantamError:
        return None
    return found if isinstance(found, Span) else None


def read_facts(raw: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """Return all facts as values. Raises UnknownName for a term that the scope lacks, BadFact outside a domain."""
    facts: dict[str, Any] = {}
    for name, value in raw.items():
        if name not in scope.terms:
            raise UnknownName("term", name, tuple(scope.terms))
        facts[name] = read_fact(name, value, scope.terms[name].type)
    return facts


def _read(name: str, raw: Any, kind: Type) -> Any:
    """Return the value, None where `raw` is nothing of this type. Raises ValueError, OverflowError or BadFact."""
    match kind:
        case YesNo():
            return raw if isinstance(raw, bool) else YES_NO.get(str(raw).strip().casefold())
        case Number():
            return _number(raw, kind)
        case Money(currency=currency):
            return _money(raw, currency)
        case Duration():
            return _duration(raw, kind)
        case Date():
            return raw if type(raw) is date else date_of(raw.strip()) if isinstance(raw, str) else None
        case Time():
            return raw if isinstance(raw, time) else time_of(raw.strip()) if isinstance(raw, str) else None
        case Moment():
            moment = datetime.fromisoformat(raw.strip()) if isinstance(raw, str) else raw
            return moment if isinstance(moment, datetime) and moment.tzinfo else None
        case Text() | Word():
            return str(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else None
        case OneOf(values=values):
            return raw if raw in values else None
        case SomeOf(values=values):
            return _members(raw, values)
        case RecordOf():
            return _record(name, raw, kind)
        case ListOf(record=record):
            return _list(name, raw, record)
        case Words() | Broken():
            return raw


def _exact(raw: Any) -> int | Fraction | None:
    """Return a number as it was written (4.9 is 49/10), None if it is none. Raises ValueError."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | Fraction | str):
        return None
    return plain_number(raw) if isinstance(raw, Fraction) else number_of(str(raw).strip())


def _literal(raw: str) -> Any:
    if (quantity := quantity_of(raw)) is not None:
        return quantity
    tree, _ = parse_result(raw, NOWHERE)
    return tree.value if isinstance(tree, Literal) else None


def _number(raw: Any, kind: Number) -> int | Fraction | None:
    if isinstance(raw, str) and raw.strip()[-1:].isalpha() | raw.strip().endswith("%"):
        tree, _ = parse_result(raw, NOWHERE)
        match tree:
            case Literal(value=int() | Fraction() as value, type=Number(unit=unit)) if unit in ("", kind.unit):
                return plain_number(Fraction(value) * 100) if tree.text == "%" and kind.unit == "%" else value
            case _:
                return None
    value_given = _exact(raw)
    return None if kind.whole and isinstance(value_given, Fraction) else value_given


def _money(raw: Any, currency: str) -> Amount | None:
    if isinstance(raw, str) and raw.strip()[-1:].isalpha():
        raw = _literal(raw)
    if isinstance(raw, Amount):
        return raw if raw.currency == currency else None
    major = _exact(raw)
    if major is None or (major * 10 ** minor_digits(currency)).denominator != 1:
        return None
    return Amount.of(major, currency)


def _duration(raw: Any, kind: Duration) -> Span | None:
    """Return a span of the type's family; nothing at all is of any."""
    span = _literal(raw) if isinstance(raw, str) else raw
    if isinstance(span, int) and not isinstance(span, bool) and not span:
        span = Span(kind.family or Family.EXACT)
    if not isinstance(span, Span):
        return None
    if span.is_zero and kind.family and span.family is not kind.family:
        return Span(kind.family)
    loose = kind.family is None or kind.low is None or kind.low.is_zero
    return span if span.family is kind.family or loose else None


def _members(raw: Any, values: Sequence[str]) -> frozenset[str] | None:
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, Iterable) or not all(isinstance(each, str) and each in values for each in given):
        return None
    return frozenset(given)


def _record(name: str, raw: Any, kind: RecordOf) -> Mapping[str, Any] | None:
    if not isinstance(raw, Mapping):
        return None
    for field in raw:
        if field not in kind.fields:
            raise UnknownName(f"field of {kind.name}", str(field), tuple(kind.fields))
    return {field: read_fact(f"{name}.{field}", value, kind.fields[field]) for field, value in raw.items()}


def _list(name: str, raw: Any, record: RecordOf) -> tuple[Any, ...] | None:
    if isinstance(raw, Mapping):
        raw = [raw]
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        return None
    elements = [_record(f"{name}[{number}]", each, record) for number, each in enumerate(raw, 1)]
    return None if None in elements else tuple(elements)


def _in_bounds(value: Any, kind: Type) -> bool:
    match kind:
        case Number(low=low, high=high) | Money(low=low, high=high):
            return _between(value, low, high)
        case Duration(family=family, low=low, high=high):
            return value.family is not family or _between(value, low, high)
        case ListOf(low=least, high=most):
            return len(value) >= least and (most is None or len(value) <= most)
        case _:
            return True


def _between(value: Any, low: Any, high: Any) -> bool:
    key = order_key(value)
    return (low is None or order_key(low) <= key) and (high is None or key <= order_key(high))


def _allowed(kind: Type) -> str:
    """Return the type and its bounds as the plan writes them."""
    match kind:
        case Number(low=low, high=high) | Money(low=low, high=high) | Duration(low=low, high=high):
            return f"{kind} {_shown(low)}..{_shown(high)}" if low is not None or high is not None else str(kind)
        case YesNo():
            return "yes, no"
        case _:
            return str(kind)


def _shown(bound: Any) -> str:
    return "" if bound is None else number_text(bound) if isinstance(bound, int | Fraction) else str(bound)


def plain(value: Any) -> Any:
    """Return the value for JSON: numbers as int or float, amounts and spans as text, sets sorted."""
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return float(value)
        case Amount() | Span() | Range() | Every():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case frozenset() | set():
            return sorted(value)
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no value of a plan")
