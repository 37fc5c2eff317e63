"""Instants as a log writes them: text to UTC by the mapping's formats and zone, ISO 8601 beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tantam.history.imports.refused import Refused

YEARS = range(1970, 2100)  # earlier ones stand for "no date" in logs
ISO = re.compile(r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$")
# The letters of strptime that are only digits: a pattern reads them five times faster than strptime.
DIGITS = {
    "d": ("day", r"\d{1,2}"),
    "m": ("month", r"\d{1,2}"),
    "Y": ("year", r"\d{4}"),
    "H": ("hour", r"\d{1,2}"),
    "M": ("minute", r"\d{1,2}"),
    "S": ("second", r"\d{1,2}"),
}
Parse = Callable[[str], "datetime | None"]


class Instants:
    """Reads instants. zone: of those that do not name theirs; of two at summer's end the first counts."""

    def __init__(self, formats: Sequence[str], zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.written = ", ".join(formats) or "2016-02-29T01:16"
        self.parsers = [*map(_parser, formats), _iso]

    def read(self, text: str) -> datetime:
        """Return the instant, in UTC without its zone. Raises Refused."""
        for parse in self.parsers:
            found = parse(text)
            if found is not None and found.year in YEARS:
                aware = found if found.tzinfo else found.replace(tzinfo=self.zone)
                return aware.astimezone(UTC).replace(tzinfo=None)
        raise Refused("instant", allowed=self.written)


def _iso(text: str) -> datetime | None:
    if not ISO.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _parser(form: str) -> Parse:
    pattern = _pattern(form)
    return _by_strptime(form) if pattern is None else _by_pattern(pattern)


def _pattern(form: str) -> re.Pattern[str] | None:
    """Return the pattern of a format of digits alone, None if it needs names of months or a zone."""
    parts = re.split(r"%(.)", form)
    names = [DIGITS.get(letter, ("", ""))[0] for letter in parts[1::2]]
    if "" in names or len(set(names)) < len(names) or not {"day", "month", "year"} <= set(names):
        return None
    return re.compile(
        "".join(
            f"(?P<{DIGITS[part][0]}>{DIGITS[part][1]})" if index % 2 else re.escape(part)
            for index, part in enumerate(parts)
        )
    )


def _by_pattern(pattern: re.Pattern[str]) -> Parse:
    named = pattern.groupindex  # counts from 1
    places = [named.get(name, 0) - 1 for name in ("year", "month", "day", "hour", "minute", "second")]

    def parse(text: str) -> datetime | None:
        found = pattern.fullmatch(text)
        if found is None:
            return None
        try:
            digits = [int(each) for each in found.groups()]
            year, month, day, *clock = (digits[at] if at >= 0 else 0 for at in places)
            hour, minute, second = clock
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone is the log's
        except ValueError:
            return None

    return parse


def _by_strptime(form: str) -> Parse:
    def parse(text: str) -> datetime | None:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - its zone is the log's
        except ValueError:
            return None

    return parse
