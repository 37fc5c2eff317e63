"""An oracle that knows no intervals: each minute of some weeks looked up on the clock on the wall, then counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tantam.plan.calendars.hours import Combined, Holidays, Hours, How, Interval, Reckoning, Special

DAY = 1440
BEFORE = 4  # days that are walked before the first one, so that nights and set-back clocks are known
WEEKS = {
    # A zone, and days around which its clocks are changed, or something odd happens.
    "Europe/Berlin": ("2026-03-29", "2026-10-25", "1980-04-06"),
    "America/New_York": ("2026-03-08", "2026-11-01", "2007-11-04"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),  # half an hour
    "Africa/Cairo": ("2026-04-24", "2026-10-30", "2010-08-11", "2014-06-26"),  # at midnight; for Ramadan
    "America/Sao_Paulo": ("2017-10-15", "2018-02-18", "2018-11-04"),  # no midnight that day
    "Asia/Beirut": ("2023-03-26", "2026-10-25"),
    "Pacific/Apia": ("2011-12-30", "2011-09-24", "2012-04-01"),  # a day left out
    "Asia/Ho_Chi_Minh": ("2026-02-17", "1975-06-13"),
    "Asia/Kathmandu": ("2026-06-15", "1986-01-01"),  # a quarter of an hour
    "America/St_Johns": ("2026-03-08", "2006-10-29", "2011-11-06"),  # one minute after midnight
    "Pacific/Chatham": ("2026-04-05", "2026-09-27"),
    "America/Santiago": ("2026-04-05", "2026-09-06"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),
    "Antarctica/Troll": ("2026-03-29", "2026-10-25"),  # two hours
    "Asia/Tehran": ("2022-03-22", "2022-09-22"),
    "Asia/Pyongyang": ("2015-08-15", "2018-05-05"),
    "Pacific/Kiritimati": ("1994-12-31", "2026-06-15"),  # across the line of dates
    "America/Caracas": ("2007-12-09", "2016-05-01"),
}


@dataclass(frozen=True)
class Walked:
    """Whether each minute from `first` on is open; counts[n]: how many of the n first ones are."""

    first: datetime
    opened: NDArray[np.bool_]

    @property
    def counts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.opened)])


@dataclass(frozen=True)
class Wall:
    """What the clocks of a zone show at each minute from `first` on: the latest minute since year 1 shown so far."""

    zone: str
    first: datetime
    shown: NDArray[np.int64]


def wall(zone: str, day: date, days: int) -> Wall:
    """Look at the clock of `zone` every minute. A clock that is set back shows nothing new until it has caught up."""
    clock, first = ZoneInfo(zone), datetime(day.year, day.month, day.day, tzinfo=UTC)
    begin = first - timedelta(days=BEFORE)
    shown = []
    for minute in range((days + BEFORE) * DAY):
        local = (begin + timedelta(minutes=minute)).astimezone(clock)
        shown.append(local.toordinal() * DAY + local.hour * 60 + local.minute)
    return Wall(zone, first, np.maximum.accumulate(np.array(shown)))


def walked(hours: Hours, seen: Wall) -> Walked:
    """Return which minutes are open, by asking each minute's wall time of the day it is on and the day before."""
    match hours.combined:
        case Combined(How.ANY_OF, parts):
            opened = np.any([walked(each, seen).opened for each in parts], axis=0)
        case Combined(How.ALL_OF, parts):
            opened = np.all([walked(each, seen).opened for each in parts], axis=0)
        case Combined(How.REST_OF, parts):
            opened = ~np.any([walked(each, seen).opened for each in parts], axis=0)
        case _:
            low = int(seen.shown[0]) // DAY - 2
            high = int(seen.shown[-1]) // DAY
            table = np.zeros((high - low + 1, 2 * DAY), dtype=bool)
            for row in range(len(table)):
                for interval in opens_on(hours, date.fromordinal(low + row)):
                    table[row, interval.start : interval.end] = True
            row, minute = seen.shown // DAY - low, seen.shown % DAY
            opened = (table[row, minute] | table[row - 1, minute + DAY])[BEFORE * DAY :]
    return Walked(seen.first, opened)


def opens_on(hours: Hours, day: date) -> tuple[Interval, ...]:
    """Return what the plan says of a day, by the order of its rules: a date, a span, a holiday, the weekday."""
    for exception, intervals in hours.dates:
        if exception == day:
            return intervals
    for special in hours.specials:
        if date(*special.first) <= day <= date(*special.last):
            return special.opens
    return hours.on_holidays if day in hours.holidays.dates else hours.week[day.weekday()]


def drawn(random: Random, zone: str, day: date) -> Hours:
    """Return hours of a random kind: an office, nights, around the clock, odd minutes, or made of others."""
    kind = random.random()
    if kind < 0.25:
        how = random.choice(list(How))
        parts = tuple(_own(random, zone, day) for _ in range(1 if how is How.REST_OF else 2))
        return Hours("any", zone, ((),) * 7, combined=Combined(how, parts))
    return _own(random, zone, day)


def _own(random: Random, zone: str, day: date) -> Hours:
    step = random.choice((1, 5, 15, 30, 60))
    make = random.choice((_office, _nights, _anything))
    near = [day + timedelta(days=random.randint(-9, 12)) for _ in range(4)]
    first = day + timedelta(days=random.randint(-6, 9))
    last = first + timedelta(days=random.randint(1, 4))
    return Hours(
        "any",
        zone,
        tuple(make(random, step) if random.random() < 0.85 else () for _ in range(7)),
        tuple(sorted({each: make(random, step) if random.random() < 0.5 else () for each in near[:2]}.items())),
        Holidays(dates=frozenset(near[2:])),
        _office(random, step) if random.random() < 0.3 else (),
        (Special(Reckoning.DATE, _triple(first), _triple(last), _office(random, step)),)
        if random.random() < 0.3
        else (),
    )


def _triple(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _office(random: Random, step: int) -> tuple[Interval, ...]:
    opens, noon, after = (random.randrange(*each, step) for each in ((360, 600), (660, 780), (780, 900)))
    return (Interval(opens, noon), Interval(max(after, noon + step), random.randrange(960, 1440, step)))


def _nights(random: Random, step: int) -> tuple[Interval, ...]:
    if random.random() < 0.2:
        return (Interval(0, DAY),)
    return (Interval(random.randrange(1080, 1440, step), DAY + random.randrange(step, 600, step)),)


def _anything(random: Random, step: int) -> tuple[Interval, ...]:
    edges = sorted(random.sample(range(2 * DAY // step), 2 * random.randint(1, 3)))
    found = [Interval(a * step, b * step) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(each for each in found if each.start < DAY)


Check = Callable[[Hours, Walked, NDArray[np.int64], NDArray[np.int64]], None]
