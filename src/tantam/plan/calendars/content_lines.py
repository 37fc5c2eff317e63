"""Reads the lines of an iCalendar file (RFC 5545, section 3.1) into components; knows no property's meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_LINES = 200_000
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)\s*=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')


class NotACalendar(ValueError):
    """The text cannot be read as a calendar. line: where, from 1. code: the sentence; got: what stands there."""

    def __init__(self, line: int, code: str, got: str = "") -> None:
        super().__init__(f"line {line}: {code} {got}")
        self.line, self.code, self.got = line, code, got


@dataclass(frozen=True, slots=True)
class Property:
    """`DTSTART;TZID=Europe/Berlin:20260101T080000`. name and the names of parameters: upper case."""

    name: str
    value: str
    line: int
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Component:
    """What stands between BEGIN and END of a name, without what components in it say."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """Return the first property of this name."""
        return next((each for each in self.properties if each.name == name), None)

    def every(self, name: str) -> list[Property]:
        """Return all properties of this name."""
        return [each for each in self.properties if each.name == name]


def calendars_in(text: str) -> list[Component]:
    """Return the VCALENDARs of a file. Raises NotACalendar.

    A line that is no property is passed over; a file may have any number of calendars, even none of them with an event.
    """
    root = Component("", 1)
    stack = [root]
    for number, line in _lines(text):
        found = _property(line, number)
        if found is None:
            continue
        if found.name == "BEGIN":
            inner = Component(found.value.strip().upper(), number)
            stack[-1].parts.append(inner)
            stack.append(inner)
        elif found.name == "END":
            if len(stack) == 1 or stack[-1].name != found.value.strip().upper():
                raise NotACalendar(number, "feed_ends_otherwise", found.value.strip()[:40])
            stack.pop()
        else:
            stack[-1].properties.append(found)
    if len(stack) > 1:
        raise NotACalendar(stack[-1].line, "feed_not_ended", stack[-1].name[:40])
    calendars = [each for each in root.parts if each.name == "VCALENDAR"]
    if any(each.name in ("VEVENT", "VTIMEZONE") for each in root.parts):
        calendars.append(root)  # events without the calendar around them
    if not calendars:
        raise NotACalendar(1, "feed_no_calendar")
    return calendars


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each content line, unfolded, with the number of its first line in the file."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise NotACalendar(MOST_LINES, "feed_too_long", str(MOST_LINES))
    number, pending, begun = 0, "", 0
    for line in text.split("\n"):
        number += 1
        if line[:1] in (" ", "\t") and begun:
            pending += line[1:]
            continue
        if pending.strip():
            yield begun, pending
        pending, begun = line, number
    if pending.strip():
        yield begun, pending


def _property(line: str, number: int) -> Property | None:
    match = _NAME.match(line)
    if match is None:
        return None
    name, at, parameters = match[0].upper(), match.end(), {}
    while found := _PARAMETER.match(line, at):
        parameters[found[1].upper()] = found[2].strip().strip('"')
        at = found.end()
    if line[at : at + 1] != ":":
        return None
    return Property(name, line[at + 1 :], number, parameters)
