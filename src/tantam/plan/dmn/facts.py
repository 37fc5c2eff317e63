"""Facts from outside, JSON or written as name=value, as values of the types that a model's inputs declare."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    BOOLEAN,
    CONTEXT,
    DATE,
    DAYS,
    DECIMALS,
    MOMENT,
    MONTHS,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    kind_of,
)  # fmt: skip
from tantam.plan.dmn.model import Model, Part, plain_name
from tantam.plan.errors import BadFact

TEMPORAL = {DATE: date_of, TIME: time_of, MOMENT: moment_of, DAYS: duration_of, MONTHS: duration_of}
EXAMPLES = {
    NUMBER: "12.5", STRING: "text", BOOLEAN: "true", DATE: "2026-11-21", TIME: "09:30:00",
    MOMENT: "2026-11-21T09:30:00Z", DAYS: "P1DT2H", MONTHS: "P1Y2M", CONTEXT: '{"a": 1}', RANGE: "[1..5]",
}  # fmt: skip


class NotThis(Exception):
    """A value that its type does not admit. got: the part of it; allowed: in words."""

    def __init__(self, got: object, allowed: str) -> None:
        self.got, self.allowed = got, allowed
        super().__init__(allowed)


def read_json(text: str) -> Any:
    """Return JSON with exact numbers. Raises ValueError for what is none."""
    try:
        return json.loads(text, parse_float=_exact, parse_int=_exact, parse_constant=_constant)
    except (RecursionError, DecimalException) as wrong:
        raise ValueError(type(wrong).__name__) from wrong


def read_facts(model: Model, given: Mapping[str, Any], written: Mapping[str, str]) -> dict[str, Any]:
    """Return typed values by the ids of inputs, or of decisions that are given instead of worked out.

    given: JSON values by name. written: texts by name, as a command line has them. Raises UnknownName, BadFact."""
    found = {}
    for name, value in {**given, **written}.items():
        node = model.named(name, Part.DECISION if _is_decision(model, name) else Part.INPUT)
        kind = node.type or ANYTHING
        try:
            found[node.id] = typed(_spelled(value, kind, model) if name in written else value, kind, model)
        except NotThis as wrong:
            raise BadFact(name, wrong.got, wrong.allowed) from wrong
        except RecursionError as deep:
            raise BadFact(name, "…", "not nested that deeply") from deep
    return found


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
                raise NotThis(value, "{" + ", ".join(fields) + "}")
            known = {name: typed(value.get(name), of, model) for name, of in fields.items()}
            return {**value, **known}
        case Allowed(of=of, test=test, text=text):
            found = typed(value, of, model)
            if found is not None and test(found) is not True:
                raise NotThis(value, text)
            return found
        case RangeType():
            return _basic(value, RANGE)
        case FunctionType():
            raise NotThis(value, "null")
    return value


def _basic(value: Any, name: str) -> Any:
    if name == ANY:
        return value
    if name in TEMPORAL and isinstance(value, str):
        found: Any = TEMPORAL[name](value.strip())
        if found is None or kind_of(found) != name:
            raise NotThis(value, f"{name}, {EXAMPLES[name]}")
        return found
    if name == RANGE and isinstance(value, str):
        found = literal(value)
        if kind_of(found) == RANGE:
            return found
    if kind_of(value) == name:
        return value
    raise NotThis(value, f"{name}, {EXAMPLES.get(name, 'null')}")


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


def _is_decision(model: Model, name: str) -> bool:
    inputs = {plain_name(each.name) for each in model.nodes.values() if each.part is Part.INPUT}
    decisions = {plain_name(each.name) for each in model.nodes.values() if each.part is Part.DECISION}
    return plain_name(name) in decisions - inputs


def _exact(text: str) -> Decimal:
    return DECIMALS.create_decimal(text)


def _constant(text: str) -> Any:
    raise ValueError(text)
