"""Opening hours as the plan writes them, read into one typed form.

    {mon-fri: "08:00-12:00, 13:00-18:00", sat: "22:00-06:00", holidays: VN,
     "2026-12-24": "08:00-12:00", "2026-12-31": closed}

A day owns the intervals that start on it: a night shift belongs to the evening, a holiday closes
the shifts that start on it, and a single date is open or closed whatever the weekday or holiday says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Open from `start` up to, not including, `end`, in minutes after the local midnight that begins its day.

    0 <= start < 1440 and start < end <= 2880: an end above 1440 lies on the next day.
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


@dataclass(frozen=True)
class Hours:
    """When something is open, in local time of `zone` (an IANA name).

    week: the intervals of the seven weekdays, Monday first. dates: exceptions, ascending; () is closed.
    """

    name: str
    zone: str
    week: tuple[tuple[Interval, ...], ...]
    dates: tuple[tuple[date, tuple[Interval, ...]], ...] = ()
    holidays: Holidays = field(default_factory=Holidays)

    def __post_init__(self) -> None:
        # Compiled spans are cached by their hours; hashing a year of exceptions at each look-up would cost more.
        key = (self.name, self.zone, self.week, self.dates, self.holidays)
        object.__setattr__(self, "_hash", hash(key))
        object.__setattr__(self, "_tz", ZoneInfo(self.zone))

    def __hash__(self) -> int:
        key: int = self.__dict__["_hash"]
        return key

    def __reduce__(self) -> tuple[type[Hours], tuple[object, ...]]:
        # Hashes of text differ from process to process, so they are never pickled.
        return Hours, (self.name, self.zone, self.week, self.dates, self.holidays)

    @property
    def tz(self) -> ZoneInfo:
        """The time zone itself."""
        zone: ZoneInfo = self.__dict__["_tz"]
        return zone

    def frozen(self, years: Mapping[int, frozenset[date]]) -> Hours:
        """Return these hours with the holidays of `years` fixed, as an enacted plan keeps them."""
        dates = frozenset[date]().union(*years.values())
        return replace(self, holidays=replace(self.holidays, years=frozenset(years), dates=dates))


def around_the_clock(zone: str, name: str = "always") -> Hours:
    """Return hours that never close: calendar time."""
    whole = (Interval(0, MINUTES_A_DAY),)
    return Hours(name, zone, (whole,) * 7)
