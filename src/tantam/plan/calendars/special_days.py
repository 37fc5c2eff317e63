"""Says of each day which intervals it owns, and why: an exception, a calendar, a holiday, or its weekday."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from functools import lru_cache

from tantam.plan.calendars.feed_events import Covered, covered_days
from tantam.plan.calendars.holidays_data import holiday_dates
from tantam.plan.calendars.hours import MINUTES_A_DAY, Feed, Hours, Interval, Reckoning, Special
from tantam.plan.calendars.lunar import FIRST_YEAR, LAST_YEAR, date_of

_DAY = timedelta(days=1)
_NOTHING = Covered(False, (), "")
Opens = tuple[Interval, ...]


class Why(StrEnum):
    """What makes a day open as it is."""

    EXCEPTION = "exception"
    FEED = "feed"
    HOLIDAY = "holiday"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class Day:
    """The intervals that a day owns, () if it is closed, and why; because: in the plan's or the calendar's words."""

    opens: Opens
    why: Why = Why.WEEKDAY
    because: str = ""


def days_of(hours: Hours, first: date, last: date) -> Iterator[tuple[date, Day]]:
    """Yield each day from `first` to `last`, both included. hours: not combined ones, which own no days."""
    for year in range(first.year, last.year + 1):
        special = special_days(hours, year)
        for ordinal in range(max(first, date(year, 1, 1)).toordinal(), min(last, date(year, 12, 31)).toordinal() + 1):
            day = date.fromordinal(ordinal)
            yield day, special.get(day) or Day(hours.week[day.weekday()])


@lru_cache(maxsize=2048)
def special_days(hours: Hours, year: int) -> Mapping[date, Day]:
    """Return the days of a year that are not as their weekday says, or may not be."""
    if hours.settled is not None and year in hours.settled.years:
        return {day: Day(opens, Why.EXCEPTION) for day, opens in hours.settled.days if day.year == year}
    found = {day: Day(hours.on_holidays, Why.HOLIDAY) for day in _holidays(hours, year)}
    for closing in [each for each in hours.feeds if not each.opens]:
        _close(hours, closing, year, found)
    for opening in [each for each in hours.feeds if each.opens]:
        _open(hours, opening, year, found)
    # The narrower comes later and counts: a span, then one day of every year, then one date.
    for each in sorted(hours.specials, key=_narrowness):
        for day in _dates_of(each, year):
            found[day] = Day(each.opens, Why.EXCEPTION, each.because)
    reasons = dict(hours.reasons)
    for day, opens in hours.dates:
        if day.year == year:
            found[day] = Day(opens, Why.EXCEPTION, reasons.get(day, ""))
    return found


def _holidays(hours: Hours, year: int) -> frozenset[date]:
    own = hours.holidays
    if year in own.years or not own.codes:
        return frozenset(each for each in own.dates if each.year == year)
    return own.dates | holiday_dates(own.codes, [year])[year]


def _narrowness(special: Special) -> tuple[bool, int]:
    return special.first == special.last, -list(Reckoning).index(special.reckoning)


def _dates_of(special: Special, year: int) -> Iterator[date]:
    """Yield the days of the Gregorian year that the exception covers."""
    for first, last in _spans_of(special, year):
        for ordinal in range(max(first, date(year, 1, 1)).toordinal(), min(last, date(year, 12, 31)).toordinal() + 1):
            yield date.fromordinal(ordinal)


def _spans_of(special: Special, year: int) -> Iterator[tuple[date, date]]:
    match special.reckoning:
        case Reckoning.DATE:
            yield date(*special.first), date(*special.last)
        case Reckoning.YEARLY:
            (_, *first), (_, *last) = special.first, special.last
            for begin in (year - 1, year) if first > last else (year,):
                until = begin + (first > last)
                start, end = _in_year(begin, *first), _in_year(until, *last) or date(until, 2, 28)
                if start:
                    yield start, end
        case Reckoning.LUNAR:
            (_, *first), (_, *last) = special.first, special.last
            for begin in (year - 1, year):
                until = begin + (first > last)
                if begin >= FIRST_YEAR and until <= LAST_YEAR:
                    yield date_of(begin, *first), date_of(until, *last)


def _in_year(year: int, month: int, day: int) -> date | None:
    """Return the day in that year, None for 29 February in a common one; beyond the years that there are, their end."""
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return None if (month, day) == (2, 29) and not isleap(year) else date(year, month, day)


def _close(hours: Hours, feed: Feed, year: int, found: dict[date, Day]) -> None:
    """Take out what the calendar covers: a whole day closes what starts on it, a stretch whatever is open then."""
    covered = {**covered_days(feed.text, hours.zone, year), **_new_year(hours, feed, year + 1)}
    nights = {day - _DAY for day, cover in covered.items() if not cover.whole and day.toordinal() > 1}
    for day in sorted(each for each in {*covered, *nights} if each.year == year):
        known = found.get(day) or Day(hours.week[day.weekday()])
        cover, after = covered.get(day, _NOTHING), covered.get(day + _DAY, _NOTHING) if day < date.max else _NOTHING
        if cover.whole:
            found[day] = Day((), Why.FEED, cover.because)
            continue
        busy = list(cover.stretches)
        if not after.whole:
            busy += [(first + MINUTES_A_DAY, last + MINUTES_A_DAY) for first, last in after.stretches]
        left = without(known.opens, busy)
        if left != known.opens:
            found[day] = Day(left, Why.FEED, cover.because or after.because)


def _new_year(hours: Hours, feed: Feed, year: int) -> dict[date, Covered]:
    if year > MAXYEAR:
        return {}
    day = date(year, 1, 1)
    cover = covered_days(feed.text, hours.zone, year).get(day)
    return {day: cover} if cover else {}


def _open(hours: Hours, feed: Feed, year: int, found: dict[date, Day]) -> None:
    for day, cover in covered_days(feed.text, hours.zone, year).items():
        known = found.get(day) or Day(hours.week[day.weekday()])
        added = [Interval(first, last) for first, last in cover.stretches]
        found[day] = Day(joined([*known.opens, *added]), Why.FEED, cover.because)


def joined(intervals: list[Interval]) -> Opens:
    """Return the same time in intervals that are ascending and apart."""
    together: list[Interval] = []
    for each in sorted(intervals):
        if together and each.start <= together[-1].end:
            together[-1] = Interval(together[-1].start, max(together[-1].end, each.end))
        else:
            together.append(each)
    return tuple(together)


def without(intervals: Opens, busy: list[tuple[int, int]]) -> Opens:
    """Return what is left of the intervals when the busy minutes are taken out."""
    left: list[Interval] = []
    for each in intervals:
        start = each.start
        for first, last in sorted(busy):
            if last <= start or first >= each.end:
                continue
            if first > start:
                left.append(Interval(start, first))
            start = max(start, last)
        if start < each.end:
            left.append(Interval(start, each.end))
    return tuple(left)
