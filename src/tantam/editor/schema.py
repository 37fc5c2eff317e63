"""What may stand at a path of a plan, by its JSON Schema: keys with what they mean, and fixed values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tantam.plan.sections import json_schema

Schema = dict[str, Any]


@cache
def _whole() -> Schema:
    return json_schema()


def keys_at(path: Sequence[str]) -> dict[str, str]:
    """Return the keys that the schema names at a path, each with what it says of it, "" for nothing."""
    found: dict[str, str] = {}
    for each in _at(path):
        for key, below in each.get("properties", {}).items():
            found.setdefault(key, _described(below))
    return found


def values_at(path: Sequence[str]) -> list[str]:
    """Return the values that the schema admits at a path where they are fixed."""
    found: dict[str, None] = {}
    for each in _at(path):
        found |= {str(value): None for value in each.get("enum", []) if value}
        found |= {str(each["const"]): None} if "const" in each else {}
        if each.get("type") == "boolean":
            found |= {"true": None, "false": None}
    return list(found)


def _at(path: Sequence[str]) -> list[Schema]:
    """Return every schema that what stands at the path may follow."""
    reached = list(_parts(_whole()))
    for step in path:
        reached = [part for each in reached for below in _below(each, step) for part in _parts(below)]
    return reached


def _below(schema: Schema, step: str) -> Iterator[Schema]:
    if step in schema.get("properties", {}):
        yield schema["properties"][step]
        return
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        yield more
    items = schema.get("items")
    if isinstance(items, dict):
        yield from _below(items, step)


def _parts(schema: Schema) -> Iterator[Schema]:
    """Yield a schema and all that it may be instead, references followed."""
    if "$ref" in schema:
        schema = {**_whole()["$defs"][schema["$ref"].rsplit("/", 1)[-1]], **schema}
    yield schema
    for word in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(word, ()):
            yield from _parts(each)


def _described(schema: Schema) -> str:
    return next((str(each["description"]) for each in _parts(schema) if each.get("description")), "")
