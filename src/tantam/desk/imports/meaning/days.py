"""Days and instants as people of any country write them: ISO is always understood, `03/04/2025` by the order told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from tantam.desk.imports.meaning.wrong import Wrong

Order = Literal["day", "month", ""]
YEARS = range(1900, 2100)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WRITTEN = re.compile(
    r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?"
    r"(?:[T ,]+(\d{1,2})[:hH.](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?|SA|CH)?(?:\s*(?:Uhr|UTC|GMT|Z))?)?"
)
_AFTERNOON = ("p", "c")  # pm, chiều


class Days:
    """Reads days and instants. order: what stands first in `03/04/2025`, "" while nobody has told."""

    def __init__(self, order: Order, zone: str, formats: Sequence[str] = ()) -> None:
        self.order, self.zone, self.formats = order, ZoneInfo(zone), tuple(formats)

    def instant(self, text: str) -> datetime:
        """Return an instant, aware, in UTC; a day alone is its beginning in the zone. Raises Wrong."""
        found = self._read(text)
        aware = found if found.tzinfo else found.replace(tzinfo=self.zone)
        try:
            return aware.astimezone(UTC)
        except OverflowError as far:
            raise Wrong("bad_date", got=text[:40]) from far

    def day(self, text: str) -> date:
        """Return a day. Raises Wrong."""
        return self._read(text).date()

    def _read(self, text: str) -> datetime:
        found = self._by_formats(text) or _iso(text) or self._written(text)
        if found is None or found.year not in YEARS:
            raise Wrong("bad_date", got=text[:40])
        return found

    def _by_formats(self, text: str) -> datetime | None:
        for form in self.formats:
            try:
                return datetime.strptime(text, form)  # noqa: DTZ007 - its zone is the file's
            except ValueError:
                continue
        return None

    def _written(self, text: str) -> datetime | None:
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return None
        first, sign, second, third = int(found[1]), found[2], int(found[3]), int(found[4])
        if len(found[1]) == 4:
            year, month, day = first, second, third
        else:
            year = third if len(found[4]) == 4 else _century(third)
            day, month = self._ordered(text, sign, (first, second))
        try:
            return datetime.combine(date(year, month, day), _clock(found))
        except ValueError:
            return None

    def _ordered(self, text: str, sign: str, pair: tuple[int, int]) -> tuple[int, int]:
        """Return (day, month) of what stands first and second; with points the day is always first."""
        first, second = pair
        if sign == "." or self.order == "day" or (not self.order and first > 12):
            return first, second
        if self.order == "month" or second > 12:
            return second, first
        raise Wrong("which_order", got=text[:40])


def order_of(texts: Iterable[str]) -> tuple[Order, bool]:
    """Return the order that days of a column show by themselves, and whether somebody must be asked.

    Asked is where none of them has a number above 12 in either place, and where they contradict each other.
    """
    seen: set[Order] = set()
    open_ones = False
    for text in texts:
        found = _WRITTEN.fullmatch(text.strip())
        if found is None or found[2] == "." or len(found[1]) == 4:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            seen.add("day")
        elif second > 12 >= first:
            seen.add("month")
        elif first != second:
            open_ones = True
    if len(seen) == 1:
        return next(iter(seen)), False
    return "", bool(seen) or open_ones


def _iso(text: str) -> datetime | None:
    if not _ISO.fullmatch(text):
        compact = _COMPACT.fullmatch(text)
        if compact is None:
            return None
        text = "-".join(compact.groups())
    plain = text.removesuffix(" UTC").strip()
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if plain != text else found


def _clock(found: re.Match[str]) -> time:
    hour, minute, second = int(found[5] or 0), int(found[6] or 0), int(found[7] or 0)
    if half := (found[8] or "")[:1].lower():
        hour = hour % 12 + 12 * (half in _AFTERNOON)
    return time(hour, minute, second)


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)
