"""Reads the keys that name days other than weekdays: a date, a span of dates, a day of every year, a lunar day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tantam.plan.calendars.hours import Reckoning
from tantam.plan.calendars.lunar import DAYS_OF_A_MONTH, MONTHS

Triple = tuple[int, int, int]  # year, or 0; month; day
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LEAP_YEAR = 2024
_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_YEARLY = re.compile(r"^(\d{2})-(\d{2})$")
_NAMED = re.compile(rf"^(?:(\d{{1,2}})\.? +({'|'.join(NAMES)})[a-z]*\.?|({'|'.join(NAMES)})[a-z]*\.? +(\d{{1,2}}))$")
_LUNAR = re.compile(r"^(\d{1,2})/(\d{1,2})$")
_BETWEEN = re.compile(r"\s+[-–]\s+|\s*\.\.\s*|\s+to\s+|\s*–\s*")


@dataclass(frozen=True, slots=True)
class DayKey:
    """What a key means: the days from `first` to `last`, both included, the same where it names one."""

    reckoning: Reckoning
    first: Triple
    last: Triple

    @property
    def is_backwards(self) -> bool:
        """Whether a span of dates ends before it begins; one of every year then crosses the new year."""
        return self.reckoning is Reckoning.DATE and self.last < self.first


Reader = Callable[[str], DayKey | None]


class NoSuchDay(ValueError):
    """The key has the form of a day that no calendar has; `got` is that day."""

    def __init__(self, got: str) -> None:
        super().__init__(got)
        self.got = got


def day_key(name: str) -> DayKey | None:
    """Return what `2026-12-24`, `24 dec`, `12-24`, or two of a kind with ` - ` between, mean; None if it is no day.

    name: lower case. Raises NoSuchDay for 30 February.
    """
    return _spanned(name, (_date, _yearly))


def lunar_key(name: str) -> DayKey | None:
    """Return what `10/3`, the tenth of the third month, or `30/12 - 5/1` means; None if it is no such day.

    Raises NoSuchDay for a day or month that the lunar calendar does not have.
    """
    return _spanned(name, (_lunar,))


def _spanned(name: str, readers: tuple[Reader, ...]) -> DayKey | None:
    parts = _BETWEEN.split(name.strip())
    if len(parts) > 2:
        return None
    ends = [next((found for read in readers if (found := read(part))), None) for part in parts]
    if (first := ends[0]) is None or (last := ends[-1]) is None or first.reckoning is not last.reckoning:
        return None
    return DayKey(first.reckoning, first.first, last.last)


def _date(text: str) -> DayKey | None:
    if not (match := _DATE.match(text)):
        return None
    year, month, day = map(int, match.groups())
    return _one(Reckoning.DATE, (year, month, day), text)


def _yearly(text: str) -> DayKey | None:
    if match := _YEARLY.match(text):
        return _one(Reckoning.YEARLY, (0, int(match[1]), int(match[2])), text)
    if match := _NAMED.match(text):
        month = NAMES.index(match[2] or match[3]) + 1
        return _one(Reckoning.YEARLY, (0, month, int(match[1] or match[4])), text)
    return None


def _lunar(text: str) -> DayKey | None:
    if not (match := _LUNAR.match(text)):
        return None
    day, month = int(match[1]), int(match[2])
    if not (1 <= day <= DAYS_OF_A_MONTH and 1 <= month <= MONTHS):
        raise NoSuchDay(text)
    return DayKey(Reckoning.LUNAR, (0, month, day), (0, month, day))


def _one(reckoning: Reckoning, triple: Triple, text: str) -> DayKey:
    year, month, day = triple
    try:
        date(year if reckoning is Reckoning.DATE else LEAP_YEAR, month, day)
    except ValueError as wrong:
        raise NoSuchDay(text) from wrong
    return DayKey(reckoning, triple, triple)
