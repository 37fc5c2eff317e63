"""When people buy and when they write: more on Mondays and before Tết, by day rather than by night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# The first day of the lunar year.
TET = tuple(
    date.fromisoformat(day)
    for day in ("2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03")
)
# Of each hour of the day, how many write: hardly any at night, most after breakfast and after supper.
BY_HOUR = (1, 1, 0, 0, 0, 1, 3, 6, 11, 13, 12, 9, 7, 8, 10, 10, 9, 8, 7, 9, 10, 8, 5, 2)
BY_WEEKDAY = (1.45, 1.1, 1.0, 1.0, 1.05, 0.95, 0.75)
OPENS, CLOSES = time(8, 0), time(20, 0)


def weight_of(day: date) -> float:
    """Return how busy the day is against an ordinary one: Mondays, the weeks before Tết, the quiet days of Tết."""
    weight = BY_WEEKDAY[day.weekday()]
    for tet in TET:
        away = (day - tet).days
        if -21 <= away < -1:
            return weight * 1.9
        if -1 <= away <= 4:
            return weight * 0.25
        if 5 <= away <= 14:
            return weight * 1.5
    return weight


def moments(dice: Random, count: int, since: datetime, until: datetime) -> list[datetime]:
    """Return `count` instants in [since, until), in order, as often as the seasons have it."""
    first, last = since.astimezone(ZONE).date(), until.astimezone(ZONE).date()
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    weights = [weight_of(day) for day in days]
    found: list[datetime] = []
    while len(found) < count:
        at = _some_time(dice, dice.choices(days, weights)[0])
        if since <= at < until:
            found.append(at)
    return sorted(found)


def sold_at(dice: Random, until: datetime) -> datetime:
    """Return when something was bought: up to 600 days before `until`, the recent ones more often."""
    at = at_work(until - timedelta(days=600 * dice.random() ** 1.4, minutes=dice.uniform(5, 600)))
    return at if at < until else at - timedelta(days=1)


def at_work(at: datetime) -> datetime:
    """Return `at`, or the next moment at which the shop is staffed."""
    local = at.astimezone(ZONE)
    if local.time() < OPENS:
        local = local.replace(hour=OPENS.hour, minute=local.minute % 30)
    elif local.time() >= CLOSES:
        local = (local + timedelta(days=1)).replace(hour=OPENS.hour, minute=local.minute % 45)
    return local.astimezone(UTC)


def _some_time(dice: Random, day: date) -> datetime:
    hour = dice.choices(range(24), BY_HOUR)[0]
    seconds = dice.uniform(0, 3600)
    return (datetime.combine(day, time(hour), ZONE) + timedelta(seconds=seconds)).astimezone(UTC)
