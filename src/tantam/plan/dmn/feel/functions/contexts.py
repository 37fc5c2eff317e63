"""FEEL's functions over contexts."""

from __future__ import annotations

from typing import Any

from tantam.plan.dmn.feel.functions.registry import Registry, builtin

FUNCTIONS: Registry = {}
Record = dict[str, Any]


@builtin(FUNCTIONS, "get value(m: context, key: text)")
def _value(record: Record, key: str) -> Any:
    return record.get(key)


@builtin(FUNCTIONS, "get value(context: context, keys: list)")
def _value_at(record: Record, keys: list[Any]) -> Any:
    found: Any = record if keys else None
    for key in keys:
        found = found.get(key) if isinstance(found, dict) and isinstance(key, str) else None
    return found


@builtin(FUNCTIONS, "get entries(m: context)")
def _entries(record: Record) -> list[Record]:
    return [{"key": key, "value": value} for key, value in record.items()]


@builtin(FUNCTIONS, "context put(context: context, key: text, value)")
def _put(record: Record, key: str, value: Any) -> Record:
    return {**record, key: value}


@builtin(FUNCTIONS, "context put(context: context, keys: list, value)")
def _put_at(record: Record, keys: list[Any], value: Any) -> Record | None:
    if not keys or not isinstance(keys[0], str):
        return None
    if len(keys) == 1:
        return {**record, keys[0]: value}
    inner = record.get(keys[0])
    changed = _put_at(inner, keys[1:], value) if isinstance(inner, dict) else None
    return None if changed is None else {**record, keys[0]: changed}


@builtin(FUNCTIONS, "context merge(contexts: list)")
def _merge(records: list[Any]) -> Record | None:
    if not all(isinstance(each, dict) for each in records):
        return None
    return {key: value for record in records for key, value in record.items()}


@builtin(FUNCTIONS, "context(entries: list)")
def _context(entries: list[Any]) -> Record | None:
    made: Record = {}
    for each in entries:
        if not isinstance(each, dict) or not isinstance(each.get("key"), str) or "value" not in each:
            return None
        if each["key"] in made:
            return None
        made[each["key"]] = each["value"]
    return made
