"""Turns local wall-clock times into instants, the same way over every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECONDS_A_MINUTE = 60_000_000


def instant_at(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant at which the clocks of `zone` show `wall` or later, in UTC.

    wall: naive. A time that is skipped in spring is the instant of the jump; one that comes twice in autumn is its
    first coming. So later walls never give earlier instants.
    """
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    # Skipped: fold=1 lies before the jump and fold=0 after it, and the offset changes exactly once between them.
    low = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    step = timedelta(seconds=1)
    while early - low > step:
        middle = low + (early - low) // 2 // step * step
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            early = middle
    return early


def midnight(day: date) -> datetime:
    """Return the naive wall-clock time that begins `day`."""
    return datetime.combine(day, time.min)


def to_microseconds(instant: datetime) -> int:
    """Return whole microseconds since 1970 in UTC. Raises ValueError for a datetime without a zone."""
    if instant.tzinfo is None:
        raise without_zone(instant)
    since = instant - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def without_zone(instant: datetime) -> ValueError:
    """Return what to raise for a datetime without a zone."""
    return ValueError(f"{instant.isoformat()} has no time zone; give an aware datetime.")


def from_microseconds(count: int, zone: ZoneInfo) -> datetime:
    """Return the instant `count` microseconds after 1970, in `zone`."""
    return (EPOCH + timedelta(microseconds=count)).astimezone(zone)
