"""Facts from outside, JSON or written as name=value, as values of the types that a model's inputs declare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, DecimalException
from typing import Any

from tantam.plan.dmn.feel.compiled import compile_node
from tantam.plan.dmn.feel.frames import Frame, Run
from tantam.plan.dmn.feel.functions import BUILTINS
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.parser import read_expression
from tantam.plan.dmn.feel.temporal import date_of, duration_of, moment_of, temporal_of, time_of
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.dmn.feel.types import (
    ANYTHING,
    Allowed,
    Basic,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    Type,
    resolved,
)  # fmt: skip
from tantam.plan.dmn.feel.values import (
    ANY,
    DATE,
    DAYS,
    DECIMALS,
    MOMENT,
    MONTHS,
    RANGE,
    STRING,
    TIME,
    kind_of,
)  # fmt: skip
from tantam.plan.dmn.model import Model, Node, Part, plain_name
from tantam.plan.errors import UnknownName

TEMPORAL = {DATE: date_of, TIME: time_of, MOMENT: moment_of, DAYS: duration_of, MONTHS: duration_of}


class NotThis(Exception):
    """A value that its type does not admit."""


def read_json(text: str) -> Any:
    """Return JSON with exact numbers. Raises ValueError for what is none."""
    try:
        return json.loads(text, parse_float=_exact, parse_int=_exact, parse_constant=_constant, object_pairs_hook=_once)
    except (RecursionError, DecimalException) as wrong:
        raise ValueError(type(wrong).__name__) from wrong


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(next(name for name in names if names.count(name) > 1) + " ×2")
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """values: typed, by the ids of inputs, or of decisions that are given instead of worked out.

    free: by name, what no input declares: parameters of a function, and names of a model without inputs.
    notes: (what became null or was left aside, its name)."""

    values: Mapping[str, Any]
    free: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()


def read_facts(model: Model, given: Mapping[str, Any], written: Mapping[str, str]) -> Given:
    """Return what is given as the model's types have it; a value of another type is null, and noted.

    given: JSON values by name; numbers may be of any kind. written: texts by name, as a command line has them, which
    win."""
    values: dict[str, Any] = {}
    free: dict[str, Any] = {}
    notes: list[tuple[str, str]] = []
    hints = _hints(model)
    for name, value in (_flat(model, given) | dict(written)).items():
        node = _asked(model, name)
        kind = (node.type if node else None) or hints.get(plain_name(name), ANYTHING)
        try:
            found = typed(_spelled(value, kind, model) if name in written else _counted(value), kind, model)
        except (NotThis, RecursionError):
            found = None
            notes.append(("fact", name))
        if node:
            values[node.id] = found
        else:
            free[plain_name(name)] = found
    params = _parameters(model)
    notes += [("extra", name) for name in free if model.has_inputs and name not in params]
    return Given(values, free, tuple(notes))


def typed(value: Any, kind: Type, model: Model) -> Any:
    """Return a JSON value as the type has it. Raises NotThis."""
    if value is None:
        return None
    match resolved(kind, model.types):
        case Basic(kind=name):
            return _basic(value, name)
        case ListType(of=of):
            return [typed(each, of, model) for each in (value if isinstance(value, list) else [value])]
        case ContextType(fields=fields):
            if not isinstance(value, dict):
                raise NotThis
            known = {name: typed(value.get(name), of, model) for name, of in fields.items()}
            return {**value, **known}
        case Allowed(of=of, test=test):
            found = typed(value, of, model)
            if found is not None and test(found) is not True:
                raise NotThis
            return found
        case RangeType():
            return _basic(value, RANGE)
        case FunctionType():
            raise NotThis
    return value


def _basic(value: Any, name: str) -> Any:
    if name == ANY:
        return value
    if name in TEMPORAL and isinstance(value, str):
        found: Any = TEMPORAL[name](value.strip())
        if found is None or kind_of(found) != name:
            raise NotThis
        return found
    if name == RANGE and isinstance(value, str):
        found = literal(value)
        if kind_of(found) == RANGE:
            return found
    if kind_of(value) == name:
        return value
    if isinstance(value, list) and len(value) == 1:
        return _basic(value[0], name)
    raise NotThis


def literal(text: str) -> Any:
    """Return what a FEEL expression without names comes to, None if it is none."""
    run = Run(datetime(1970, 1, 1, tzinfo=UTC), {})
    try:
        return compile_node(read_expression(text, Names()))(Frame(BUILTINS, None, run))
    except (Trouble, RecursionError):
        return None


def _spelled(text: str, kind: Type, model: Model) -> Any:
    """Return the text of a command line as JSON would have it: what is no JSON is a string."""
    wanted = resolved(kind, model.types)
    while isinstance(wanted, Allowed):
        wanted = resolved(wanted.of, model.types)
    stripped = text.strip()
    if wanted == Basic(STRING) and not (len(stripped) > 1 and stripped[0] == stripped[-1] == '"'):
        return text
    if stripped.startswith('@"') and stripped.endswith('"'):
        return temporal_of(stripped[2:-1])
    try:
        return read_json(stripped)
    except ValueError:
        return text


def _asked(model: Model, name: str) -> Node | None:
    """Return the input of that name, else the decision, None if there is neither."""
    for part in (Part.INPUT, Part.DECISION):
        try:
            return model.named(name, part)
        except UnknownName:
            continue
    return None


def _flat(model: Model, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts by name; what is given for an imported model is found within that model's name."""
    found: dict[str, Any] = {}
    areas = {area for each in model.nodes.values() for area in each.file.areas.values()}
    for name, value in given.items():
        if name in areas and isinstance(value, dict) and _asked(model, name) is None:
            found |= value
        else:
            area, point, rest = name.partition(".")
            found[rest if point and area in areas else name] = value
    return found


def _hints(model: Model) -> dict[str, Type]:
    """Return the types that columns and parameters declare for names that have none of their own."""
    found: dict[str, Type] = {}
    for node in model.nodes.values():
        for each in node.element.walk():
            text = each.text_of("inputExpression") if each.tag == "input" else None
            kind = node.file.reading.kind(each.one("inputExpression")) if text else None
            if text and kind:
                found.setdefault(plain_name(text.text), kind)
            if each.tag == "formalParameter" and (param := node.file.reading.kind(each)):
                found.setdefault(plain_name(each.get("name")), param)
    return found


def _parameters(model: Model) -> set[str]:
    return {
        plain_name(each.get("name"))
        for node in model.nodes.values()
        if node.part is Part.FUNCTION
        for each in node.element.walk()
        if each.tag == "formalParameter"
    }


def _counted(value: Any) -> Any:
    """Return the JSON value with decimals for its numbers."""
    match value:
        case bool():
            return value
        case int() | float():
            return DECIMALS.create_decimal(str(value))
        case list() | tuple():
            return [_counted(each) for each in value]
        case Mapping():
            return {str(name): _counted(each) for name, each in value.items()}
    return value


def _exact(text: str) -> Decimal:
    return DECIMALS.create_decimal(text)


def _constant(text: str) -> Any:
    raise ValueError(text)
