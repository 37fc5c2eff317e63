"""The hours in which a starting plan lets customers sleep: the night, without what is open."""

from __future__ import annotations

DAY = 24 * 60
NIGHT = (21 * 60, DAY + 7 * 60)  # in minutes from midnight, into the next day


def asleep(written: str) -> str:
    """Return the longest stretch of the night in which nobody is there, such as 21:00-07:00; "" if somebody always is.

    written: opening hours as they are answered, such as 08:00-12:00, 20:00-02:00.
    """
    stretches = [NIGHT]
    for begins, ends in _open(written):
        cut = [((start, min(end, begins)), (max(start, ends), end)) for start, end in stretches]
        stretches = [(start, end) for parts in cut for start, end in parts if start < end]
    if not stretches:
        return ""
    start, end = max(stretches, key=lambda each: each[1] - each[0])
    return f"{_clock(start)}-{_clock(end)}"


def _open(written: str) -> list[tuple[int, int]]:
    """Return what is open, of the day before, the day and the day after, in minutes from the day's midnight."""
    found = []
    for part in written.split(","):
        begins, ends = (_minutes(each) for each in part.split("-"))
        length = (ends - begins) % DAY or DAY
        found += [(begins + day * DAY, begins + day * DAY + length) for day in (-1, 0, 1)]
    return found


def _minutes(written: str) -> int:
    hour, _, minute = written.strip().partition(":")
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"
