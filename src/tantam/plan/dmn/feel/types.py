"""The types that variables and parameters are declared with, and whether a value is of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any, TypeAlias

from tantam.plan.dmn.feel.values import (
    ANY,
    BOOLEAN,
    CONTEXT,
    DATE,
    DAYS,
    FUNCTION,
    LIST,
    MOMENT,
    MONTHS,
    NULL,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    Function,
    Range,
    kind_of,
)  # fmt: skip

BASIC: Mapping[str, str] = {
    "Any": ANY, "any": ANY, "Null": NULL, "number": NUMBER, "string": STRING, "boolean": BOOLEAN, "date": DATE,
    "time": TIME, "date and time": MOMENT, "dateTime": MOMENT, "days and time duration": DAYS,
    "dayTimeDuration": DAYS, "years and months duration": MONTHS, "yearMonthDuration": MONTHS, "context": CONTEXT,
    "list": LIST, "range": RANGE, "function": FUNCTION,
}  # fmt: skip
ENOUGH = 40  # definitions that may refer to each other in a row


@dataclass(frozen=True, slots=True)
class Basic:
    """A type of the language itself."""

    kind: str


@dataclass(frozen=True, slots=True)
class Defined:
    """A type of the model, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType:
    of: Type


@dataclass(frozen=True, slots=True)
class RangeType:
    of: Type


@dataclass(frozen=True, slots=True)
class ContextType:
    fields: Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class FunctionType:
    params: tuple[Type, ...]
    result: Type


@dataclass(frozen=True, slots=True)
class Allowed:
    """A type narrowed by unary tests. test: of one value, three-valued; ranks: each of the tests, ready to be run.

    text: as written."""

    of: Type
    ranks: tuple[Callable[[Any], Any], ...]
    test: Callable[[Any], Any]
    text: str


Type: TypeAlias = Basic | Defined | ListType | RangeType | ContextType | FunctionType | Allowed
Types: TypeAlias = Mapping[str, Type]
ANYTHING = Basic(ANY)


def resolved(kind: Type, types: Types) -> Type:
    """Return what a defined type is; Any where the model does not say."""
    for _ in range(ENOUGH):
        if not isinstance(kind, Defined):
            return kind
        kind = types.get(kind.name, ANYTHING)
    return ANYTHING


def renamed(kind: Type, new: Callable[[str], str]) -> Type:
    """Return the type with new names for the types of the model that it speaks of."""
    match kind:
        case Defined(name=name):
            return Defined(new(name))
        case ListType(of=of):
            return ListType(renamed(of, new))
        case RangeType(of=of):
            return RangeType(renamed(of, new))
        case ContextType(fields=fields):
            return ContextType({name: renamed(each, new) for name, each in fields.items()})
        case FunctionType(params=params, result=result):
            return FunctionType(tuple(renamed(each, new) for each in params), renamed(result, new))
        case Allowed(of=of):
            return replace(kind, of=renamed(of, new))
    return kind


def conforms(value: Any, kind: Type, types: Types) -> bool:
    """Return whether the value, which is not null, is of the type."""
    match resolved(kind, types):
        case Basic(kind=name):
            return name == ANY or kind_of(value) == name
        case ListType(of=of):
            return isinstance(value, list) and all(each is None or conforms(each, of, types) for each in value)
        case ContextType(fields=fields):
            return isinstance(value, dict) and all(
                name in value and (value[name] is None or conforms(value[name], of, types))
                for name, of in fields.items()
            )
        case RangeType(of=of):
            ends = [each for each in (value.low, value.high) if each is not None] if isinstance(value, Range) else []
            return bool(ends) and all(conforms(each, of, types) for each in ends)
        case FunctionType(params=params):
            return isinstance(value, Function) and value.fits(len(params))
        case Allowed(of=of, test=test):
            return conforms(value, of, types) and test(value) is True
        case Defined():
            return True


def coerced(value: Any, kind: Type | None, types: Types) -> tuple[Any, bool]:
    """Return the value as the type wants it, and whether it fits: [a] for a, a for [a], midnight UTC for a date."""
    if value is None or kind is None or conforms(value, kind, types):
        return value, True
    wanted = resolved(kind, types)
    if isinstance(value, list) and len(value) == 1 and value[0] is not None and conforms(value[0], kind, types):
        return value[0], True
    if isinstance(wanted, ListType) and not isinstance(value, list) and conforms(value, wanted.of, types):
        return [value], True
    if wanted == Basic(MOMENT) and type(value) is date:
        return datetime(value.year, value.month, value.day, tzinfo=timezone.utc), True  # noqa: UP017
    return None, False
