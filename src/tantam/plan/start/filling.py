"""The blanks and conditions of a starting plan: `«days»`, `«days + 1»`, `#if phone` … `#end`, `#include part`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tantam.plan.spoken import money
from tantam.plan.tables.values import Amount


@dataclass(frozen=True, slots=True)
class Money:
    """Whole units of a currency, as the interview asks for them."""

    units: int
    currency: str


Value = str | int | Money | Mapping[str, str]
BLANK = re.compile(r"«(\w+)(?: ([+*/-]) (\d+))?»")
CONDITION = re.compile(r"^\s*#(if|end)\b ?(not )?(\w*)$")
INCLUDE = re.compile(r"^\s*#include (\w+)$")


def included(text: str, part: Callable[[str], str]) -> str:
    """Return the text with each `#include name` line replaced by that part."""
    lines = []
    for line in text.split("\n"):
        found = INCLUDE.match(line)
        lines += included(part(found[1]), part).rstrip("\n").split("\n") if found else [line]
    return "\n".join(lines)


def chosen(text: str, holds: Callable[[str], bool]) -> str:
    """Return the text without the lines between `#if name` and `#end` where `name` does not hold."""
    lines: list[str] = []
    open_ifs: list[bool] = []
    for line in text.split("\n"):
        found = CONDITION.match(line)
        if not found:
            if all(open_ifs):
                lines.append(line)
        elif found[1] == "if":
            open_ifs.append(holds(found[3]) is not bool(found[2]))
        else:
            open_ifs.pop()
    return "\n".join(lines)


def filled(text: str, values: Mapping[str, Value], lang: str = "") -> str:
    """Return the text with its blanks filled; lang: of the words around them, "" in cells and keys."""
    return BLANK.sub(lambda found: _value(found, values, lang), text)


def _value(found: re.Match[str], values: Mapping[str, Value], lang: str) -> str:
    value = values[found[1]]
    if found[2]:
        value = _reckoned(value, found[2], int(found[3]))
    match value:
        case Money(units=units, currency=currency) if lang:
            return money(Amount.of(units, currency), lang)
        case Money(units=units, currency=currency):
            return f"{_grouped(units)} {currency}"
        case Mapping():
            return value[lang] if lang else next(iter(value.values()))
        case int():
            return _grouped(value)
        case _:
            return value


def _grouped(value: int) -> str:
    return f"{value:_}" if value >= 10_000 else str(value)


def _reckoned(value: Value, sign: str, by: int) -> Value:
    if isinstance(value, Money):
        return Money(_whole(value.units, sign, by), value.currency)
    if isinstance(value, int):
        return _whole(value, sign, by)
    raise TypeError(f"{value!r} is no number")


def _whole(value: int, sign: str, by: int) -> int:
    match sign:
        case "+":
            return value + by
        case "-":
            return value - by
        case "*":
            return value * by
        case _:
            return value // by


def aligned(text: str) -> str:
    """Return the text with the columns of its tables under each other, whatever the blanks were filled with."""
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]) and _indent(lines[end]) == _indent(lines[start]):
            end += 1
        if end - start > 1:
            lines[start:end] = _columns(lines[start:end])
        start = max(end, start + 1)
    return "\n".join(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_row(line: str) -> bool:
    return bool(re.match(r"\s*\w+ +(\||\\|=>) ?", line)) and ("|" in line or "=>" in line)


def _columns(rows: Sequence[str]) -> list[str]:
    indent = " " * _indent(rows[0])
    heads = re.split(r" *(\||=>) *", rows[0].strip())
    marks = heads[1::2]
    cells = [re.split(r" *(?:\||=>) *", row.strip()) for row in rows]
    if any(len(each) != len(cells[0]) for each in cells):
        return list(rows)
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    written = []
    for number, row in enumerate(cells):
        line = row[0].ljust(widths[0])
        for column, mark in enumerate(marks, 1):
            between = mark if number == 0 or mark == "|" else "| "
            line += f" {between} {row[column].ljust(widths[column])}"
        written.append(indent + line.rstrip())
    return written
