"""What a text can say of a time, piece by piece: a day, an hour, a half of the day, a length of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TypeAlias


class Half(Enum):
    """A part of the day, with the hours of the clock in which it lies: from, until."""

    MORNING = (6, 12)
    NOON = (11, 13)
    AFTERNOON = (12, 18)
    EVENING = (17, 21)
    DAY = (6, 18)

    @property
    def opens(self) -> int:
        """The hour when it begins."""
        return self.value[0]

    @property
    def closes(self) -> int:
        """The hour when it is over, where the plan's hours do not say."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Day:
    """days: after today. weekday: 0 is Monday; weeks: how many ISO weeks from this one, None for the next such day.

    month, day, year: a date; year None is the next one. last: the last open day of a week or of the month.
    """

    days: int | None = None
    weekday: int | None = None
    weeks: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    last: str = ""


@dataclass(frozen=True, slots=True)
class Hour:
    """hour, minute: as said. sure: on the clock of 24 hours; else it may be twelve hours later. until: a second one."""

    hour: int
    minute: int = 0
    sure: bool = False
    half: Half | None = None
    until: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class After:
    """A length of time from now: minutes, or days, which end when the last of them closes. working: open days count."""

    minutes: int = 0
    days: int = 0
    working: bool = False


A_LEAP_YEAR = 2028  # in which every day of every year is
YEARS_TO_LEAP_DAY = 8  # at most, between two: 2096 and 2104

Piece: TypeAlias = Day | Hour | Half | After
Reader = Callable[[re.Match[str]], "Piece | tuple[Piece, ...] | None"]
Rules: TypeAlias = Sequence[tuple[re.Pattern[str], Reader]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where the text says it."""

    start: int
    end: int
    piece: Piece


def rule(pattern: str, reader: Reader) -> tuple[re.Pattern[str], Reader]:
    """Return a rule of a language; capitals do not matter."""
    return re.compile(pattern, re.IGNORECASE), reader


def pieces(text: str, rules: Rules) -> list[Placed]:
    """Return what the text says of times, in its order; of what overlaps, that of the earlier rule."""
    found: list[Placed] = []
    for pattern, reader in rules:
        for match in pattern.finditer(text):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            read = reader(match)
            several = read if isinstance(read, tuple) else (read,)
            found += [Placed(match.start(), match.end(), each) for each in several if each is not None]
    return sorted(found, key=lambda each: each.start)


def number(word: str, numbers: Mapping[str, int]) -> int:
    """Return a number written in digits or as a word of `numbers`."""
    return int(word) if word.isdecimal() else numbers[" ".join(word.lower().split())]


def one_of(words: Mapping[str, object]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in sorted(words, key=len, reverse=True))


def a_date(day: str, month: str, year: str | None) -> Day | None:
    """Return a date written in figures, None if there is none such. A year of two digits is one of this century."""
    whole = int(year) + (2000 if len(year) == 2 else 0) if year else None
    try:
        date(whole or A_LEAP_YEAR, int(month), int(day))
    except ValueError:
        return None
    return Day(month=int(month), day=int(day), year=whole)


def an_hour(hour: int, minute: int = 0, *, sure: bool = False, half: Half | None = None) -> Hour | None:
    """Return a time of day, None if there is none such."""
    return Hour(hour, minute, sure or hour > 12 or hour == 0, half) if hour < 24 and minute < 60 else None


def dates_of(said: Day, today: date) -> Iterator[date]:
    """Yield the days that are meant, the likeliest first; of weeks and months their days from the last on."""
    if said.days is not None:
        yield today + timedelta(days=said.days)
    elif said.last:
        yield from _last(said, today)
    elif said.weekday is not None:
        yield _weekday(said.weekday, said.weeks, today)
    elif said.month is not None and said.day is not None:
        yield from _dated(said.month, said.day, said.year, today)


def _dated(month: int, day: int, year: int | None, today: date) -> Iterator[date]:
    """Yield the day, or the next one of its name if no year is said; nothing if it is past."""
    for each in (year,) if year else range(today.year, today.year + YEARS_TO_LEAP_DAY + 1):
        try:
            found = date(each, month, day)
        except ValueError:  # the 29th of February
            continue
        if found >= today:
            yield found
            return


def _weekday(weekday: int, weeks: int | None, today: date) -> date:
    if weeks is None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=weekday + 7 * weeks)


def _last(said: Day, today: date) -> Iterator[date]:
    """Yield the days of the week, or of the month, from the last back to today."""
    if said.last == "month":
        following = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
        last = following - timedelta(days=1)
    else:
        monday = today - timedelta(days=today.weekday())
        last = monday + timedelta(days=(4 if said.last == "week" else 6) + 7 * (said.weeks or 0))
    while last >= today:
        yield last
        last -= timedelta(days=1)
