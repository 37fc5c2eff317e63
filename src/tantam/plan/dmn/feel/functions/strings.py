"""FEEL's functions over strings, and from and to them. Patterns are XPath's."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from tantam.plan.dmn.feel.functions.patterns import literally, pattern_of, replaced
from tantam.plan.dmn.feel.functions.registry import Registry, builtin
from tantam.plan.dmn.feel.temporal import iso
from tantam.plan.dmn.feel.values import DECIMALS, Function, Range, plain, whole

FUNCTIONS: Registry = {}
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


@builtin(FUNCTIONS, "string length(string: text)")
def _length(text: str) -> Decimal:
    return Decimal(len(text))


@builtin(FUNCTIONS, "substring(string: text, start position: number, length?: number)")
def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = whole(start)
    count = len(text) if length is None else whole(length)
    if not first or count is None or count < 1 or abs(first) > len(text):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    if length is not None and begin + count > len(text):
        return None
    return text[begin : begin + count]


builtin(FUNCTIONS, "upper case(string: text)")(str.upper)
builtin(FUNCTIONS, "lower case(string: text)")(str.lower)
builtin(FUNCTIONS, "contains(string: text, match: text)")(lambda text, match: match in text)
builtin(FUNCTIONS, "starts with(string: text, match: text)")(str.startswith)
builtin(FUNCTIONS, "ends with(string: text, match: text)")(str.endswith)


@builtin(FUNCTIONS, "substring before(string: text, match: text)")
def _before(text: str, match: str) -> str:
    return text[: text.find(match)] if match in text else ""


@builtin(FUNCTIONS, "substring after(string: text, match: text)")
def _after(text: str, match: str) -> str:
    return text[text.find(match) + len(match) :] if match in text else ""


@builtin(FUNCTIONS, "replace(input: text, pattern: text, replacement: text, flags?: text)")
def _replace(text: str, pattern: str, replacement: str, flags: str | None = "") -> str | None:
    found = pattern_of(pattern, flags or "")
    if found is None:
        return None
    return literally(found, text, replacement) if "q" in (flags or "") else replaced(found, text, replacement)


@builtin(FUNCTIONS, "matches(input: text, pattern: text, flags?: text)")
def _matches(text: str, pattern: str, flags: str | None = "") -> bool | None:
    found = pattern_of(pattern, flags or "")
    return None if found is None else found.search(text) is not None


@builtin(FUNCTIONS, "split(string: text, delimiter: text)")
def _split(text: str, delimiter: str) -> list[str] | None:
    found = pattern_of(delimiter, "")
    if found is None or found.search("") is not None:
        return None
    parts, end = [], 0
    for match in found.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
    return [*parts, text[end:]]


@builtin(FUNCTIONS, "string join(list: list, delimiter?: text, prefix?: text, suffix?: text)")
def _join(texts: list[Any], delimiter: str | None = "", prefix: str | None = "", suffix: str | None = "") -> str | None:
    known = [each for each in texts if each is not None]
    if not all(isinstance(each, str) for each in known):
        return None
    return (prefix or "") + (delimiter or "").join(known) + (suffix or "")


@builtin(FUNCTIONS, "number(from: text, grouping separator?: text, decimal separator?: text)")
def _number(text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping and grouping == point):
        return None
    bare = text.replace(grouping, "") if grouping else text
    bare = bare.replace(point, ".") if point else bare
    return DECIMALS.create_decimal(bare) if NUMBER.fullmatch(bare) else None


builtin(FUNCTIONS, "number(from: number)")(lambda value: value)


@builtin(FUNCTIONS, "string(from)")
def _string(value: Any) -> str | None:
    return None if value is None else value if isinstance(value, str) else written(value)


def written(value: Any) -> str:
    """Return the value as FEEL would write it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return "[" + ", ".join(map(written, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{name}: {written(each)}" for name, each in value.items()) + "}"
        case Range():
            opened, closed = "(" if value.low_open else "[", ")" if value.high_open else "]"
            return f"{opened}{written(value.low)}..{written(value.high)}{closed}"
        case Function(forms=forms):
            return f"function({', '.join(forms[0])})"
    return iso(value)
