"""What programs may ask, operation by operation, drawn from the OpenAPI document for people to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.text import slugify

from tantam.desk.api.urls import api

DEEPEST = 3  # objects within objects that are listed by their own fields
NUMBER = "100200300"  # such as all things have; the one thing of which the document gives a pattern

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One thing that is sent or answered. name: dotted from the outermost object; kind: what may stand there."""

    name: str
    kind: str
    needed: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One thing that a program may ask. given: what stands in address and heads; sent: the fields of the body."""

    name: str
    method: str
    path: str
    summary: str
    text: str
    given: tuple[Field, ...]
    sent: tuple[Field, ...]
    answered: tuple[Field, ...]
    example: str


@dataclass(frozen=True)
class Group:
    """Operations about one thing. slug: its name in addresses."""

    slug: str
    name: str
    operations: tuple[Operation, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Return every operation of the interface, by what it is about, in the order of the document."""
    document: Schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    by_tag: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            by_tag.setdefault(told["tags"][0], []).append(_operation(document, method.upper(), path, told))
    return tuple(Group(slugify(tag), tag, tuple(each)) for tag, each in by_tag.items())


def example_of(document: Schema, schema: Schema) -> Any:
    """Return a value that the schema admits, with what must be there and nothing else."""
    schema = _plain(document, schema)
    match schema:
        case {"enum": [first, *_]}:
            return first
        case {"type": "object", "properties": fields}:
            needed = schema.get("required", ())
            return {name: example_of(document, each) for name, each in fields.items() if name in needed}
        case {"type": "object", "minProperties": _}:
            return {"fault": "ours"}
        case {"type": "array", "items": item}:
            return [example_of(document, item)] * max(1, schema.get("minItems", 1))
        case {"type": "integer" | "number"}:
            return max(1, schema.get("minimum", 1))
        case {"type": "boolean"}:
            return True
        case {"type": "string"}:
            return _words(schema)
    return {}


def _operation(document: Schema, method: str, path: str, told: Schema) -> Operation:
    kind, body = next(iter(told.get("requestBody", {}).get("content", {}).items()), ("", {}))
    answer = next(each for status, each in sorted(told["responses"].items()) if status < "300")
    shown = next(iter(answer.get("content", {}).values()), {})
    return Operation(
        name=told["operationId"],
        method=method,
        path=path,
        summary=told["summary"].replace("`", ""),
        text=told["description"].removeprefix(told["summary"]).lstrip(". ").replace("`", ""),
        given=tuple(_given(document, each) for each in told.get("parameters", ())),
        sent=tuple(_fields(document, body.get("schema", {}))),
        answered=tuple(_fields(document, shown.get("schema", {}))),
        example=_call(document, method, path, kind, body.get("schema", {})),
    )


def _given(document: Schema, parameter: Schema) -> Field:
    schema = parameter["schema"]
    text = parameter.get("description") or schema.get("description", "")
    return Field(parameter["name"], _kind(document, schema), parameter.get("required", False), text)


def _fields(document: Schema, schema: Schema, within: str = "", depth: int = 0) -> Iterator[Field]:
    schema = _plain(document, schema)
    if schema.get("type") == "array":
        schema, within = _plain(document, schema["items"]), f"{within.removesuffix('.')}[]."
    if depth == DEEPEST:
        return
    for name, each in schema.get("properties", {}).items():
        needed = name in schema.get("required", ())
        yield Field(f"{within}{name}", _kind(document, each), needed, each.get("description", ""))
        yield from _fields(document, each, f"{within}{name}.", depth + 1)


def _plain(document: Schema, schema: Schema) -> Schema:
    """Return what a reference leads to, and of several that may stand there the first that is not null."""
    match schema:
        case {"$ref": str(place)}:
            return _plain(document, document["components"]["schemas"][place.rpartition("/")[2]])
        case {"anyOf": several} | {"allOf": several}:
            return _plain(document, next((each for each in several if each.get("type") != "null"), {}))
    return schema


def _kind(document: Schema, schema: Schema) -> str:
    """Return in words what may stand there: `text up to 200`, `one of a, b`, `list of number`."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(document, each) for each in schema["anyOf"]))
    schema = _plain(document, schema)
    match schema:
        case {"enum": choices}:
            return "one of " + ", ".join(str(each) for each in choices)
        case {"type": "array", "items": item}:
            return f"list of {_kind(document, item)}"
        case {"type": "string", "format": form}:
            return str(form)
        case {"type": "string", "maxLength": most}:
            return f"text up to {most}"
        case {"type": "string"}:
            return "text"
        case {"type": str(kind)}:
            return {"integer": "whole number", "boolean": "true or false"}.get(kind, kind)
    return "anything"


def _words(schema: Schema) -> str:
    formats = {"date": "2026-03-04", "date-time": "2026-03-04T10:00:00+07:00", "binary": "@bill.pdf"}
    words = NUMBER if "pattern" in schema else formats.get(schema.get("format", ""), "Hoa")
    return words.ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength", len(words) + 999)]


def _call(document: Schema, method: str, path: str, kind: str, schema: Schema) -> str:
    """Return the line for a terminal that asks this. $DESK: the desk's address; $TOKEN: the program's."""
    lines = [f'curl -X {method} "$DESK{path}"', '-H "Authorization: Bearer $TOKEN"']
    match kind:
        case "application/json":
            lines += ["--json '" + json.dumps(example_of(document, schema), ensure_ascii=False) + "'"]
        case "multipart/form-data":
            fields = _plain(document, schema).get("properties", {})
            lines += [f'-F "{name}=@bill.pdf"' for name in fields]
    return " \\\n  ".join(lines)
