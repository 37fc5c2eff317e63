"""Opening hours as the plan writes them, read into one typed form.

    {mon-fri: "08:00-12:00, 13:00-18:00", sat: "22:00-06:00", holidays: VN,
     "2026-12-24": "08:00-12:00", "2026-12-31": closed}

A day owns the intervals that start on it: a night shift belongs to the evening, a holiday closes
the shifts that start on it, and a single date is open or closed whatever the weekday or holiday says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Open from `start` up to, not including, `end`, in minutes after the local midnight that begins its day.

    0 <= start < end <= 2880: what lies above 1440 is on the next day.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Holidays:
    """Whose holidays count, and the dates that a frozen plan brings along.

    codes: a country with or without its region, `VN`, `DE-BE`; none at all means no holidays.
    years: for these years `dates` says all; other years are looked up when they are needed.
    """

    codes: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()


class Reckoning(StrEnum):
    """How a day that is no weekday is named: by its date, by month and day of each year, or by the lunar calendar."""

    DATE = "date"
    YEARLY = "yearly"
    LUNAR = "lunar"


@dataclass(frozen=True, slots=True)
class Special:
    """From `first` to `last`, both included, `opens` holds whatever the weekday or holiday says; () is closed.

    first, last: (year, month, day); the year is 0 where it is every year's. A yearly or lunar span may cross the new
    year. because: why, as the plan says it, "" if it does not.
    """

    reckoning: Reckoning
    first: tuple[int, int, int]
    last: tuple[int, int, int]
    opens: tuple[Interval, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """An iCalendar file beside the plan: its events close these hours or, where `opens`, open them."""

    name: str
    text: str
    opens: bool = False


class How(StrEnum):
    """How hours are made of others: open while any, all, or none of them is open."""

    ANY_OF = "any_of"
    ALL_OF = "all_of"
    REST_OF = "rest_of"


@dataclass(frozen=True, slots=True)
class Combined:
    """`{rest_of: office}`, `{any_of: [office, evening]}`: hours that have no days of their own."""

    how: How
    parts: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a frozen plan brings along: in `years`, `days` are all the days that differ from their weekday."""

    years: frozenset[int]
    days: tuple[tuple[date, tuple[Interval, ...]], ...]


@dataclass(frozen=True)
class Hours:
    """When something is open, in local time of `zone` (an IANA name).

    week: the intervals of the seven weekdays, Monday first; of combined hours those of an ordinary week. dates:
    exceptions, ascending; () is closed. on_holidays: what is open on a holiday. specials: spans of dates, yearly and
    lunar days; the narrower one counts. feeds: calendars that close or open. reasons: why a date of `dates` is one.
    near: the compiled spans around a year, kept by open_time.
    """

    name: str
    zone: str
    week: tuple[tuple[Interval, ...], ...]
    dates: tuple[tuple[date, tuple[Interval, ...]], ...] = ()
    holidays: Holidays = field(default_factory=Holidays)
    on_holidays: tuple[Interval, ...] = ()
    specials: tuple[Special, ...] = ()
    feeds: tuple[Feed, ...] = ()
    reasons: tuple[tuple[date, str], ...] = ()
    combined: Combined | None = None
    settled: Settled | None = None
    near: dict[int, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Compiled spans are cached by their hours; hashing a year of exceptions at each look-up would cost more.
        object.__setattr__(self, "_hash", hash(self._values()))
        object.__setattr__(self, "_tz", ZoneInfo(self.zone))

    def __hash__(self) -> int:
        key: int = self.__dict__["_hash"]
        return key

    def __reduce__(self) -> tuple[type[Hours], tuple[object, ...]]:
        # Hashes of text differ from process to process, so they are never pickled.
        return Hours, self._values()

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, each.name) for each in fields(self) if each.init)

    @property
    def tz(self) -> ZoneInfo:
        """The time zone itself."""
        zone: ZoneInfo = self.__dict__["_tz"]
        return zone

    @property
    def is_moving(self) -> bool:
        """Whether some days are found by computing: lunar ones, and those of calendars' files."""
        return bool(self.feeds) or any(each.reckoning is Reckoning.LUNAR for each in self.specials)

    def frozen(self, years: Mapping[int, frozenset[date]]) -> Hours:
        """Return these hours with the holidays of `years` fixed, as an enacted plan keeps them."""
        dates = frozenset[date]().union(*years.values())
        return replace(self, holidays=replace(self.holidays, years=frozenset(years), dates=dates))

    def elsewhere(self, zone: str) -> Hours:
        """Return the same hours by the clocks of another zone (an IANA name)."""
        parts = self.combined and replace(
            self.combined, parts=tuple(each.elsewhere(zone) for each in self.combined.parts)
        )
        return replace(self, zone=zone, combined=parts)

    def ordinary(self) -> Hours:
        """Return the same hours in a year without holidays, exceptions and calendars."""
        parts = self.combined and replace(self.combined, parts=tuple(each.ordinary() for each in self.combined.parts))
        return Hours(self.name, self.zone, self.week, combined=parts)


def around_the_clock(zone: str, name: str = "always") -> Hours:
    """Return hours that never close: calendar time."""
    whole = (Interval(0, MINUTES_A_DAY),)
    return Hours(name, zone, (whole,) * 7)
