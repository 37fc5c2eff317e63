"""Random cases in many zones against the clock on the wall: a sample here, ten million when proving."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from random import Random

import numpy as np
import pytest

from tantam.plan.calendars import Hours, add, between, is_open, next_change, next_opening
from tantam.plan.calendars.columns import add_column, between_column
from tantam.plan.errors import NeverOpens
from tests.plan.calendars.minutes import WEEKS, Walked, drawn, walked, wall
from tests.support.proving import PROVING

CASES = 10_000_000 if PROVING else 20_000
DAYS = 40 if PROVING else 16
HOURS_A_WALL = 12 if PROVING else 3
EACH_ALONE = 1 if PROVING else 4  # so many of the column's cases are asked alone as well: one in that many
WALLS = [(zone, day) for zone, days in WEEKS.items() for day in days]
CASES_AN_HOURS = -(-CASES // (len(WALLS) * HOURS_A_WALL))


@pytest.mark.parametrize(("zone", "day"), WALLS)
def test_every_answer_is_the_count_of_minutes_on_the_wall(zone: str, day: str) -> None:
    random, around = Random(f"{zone} {day}"), date.fromisoformat(day)
    seen = wall(zone, around - timedelta(days=DAYS // 2), DAYS)
    for _ in range(HOURS_A_WALL):
        hours = drawn(random, zone, around)
        _agrees(hours, walked(hours, seen), np.random.default_rng(random.getrandbits(32)))


def _agrees(hours: Hours, found: Walked, dice: np.random.Generator) -> None:
    """Ask for so many random starts and lengths; what ends after the walk is not known and left out."""
    counts = found.counts
    starts = dice.integers(0, len(found.opened), CASES_AN_HOURS)
    minutes = dice.integers(1, 1 + dice.integers(10, 6000), CASES_AN_HOURS)
    ends = np.searchsorted(counts, counts[starts] + minutes, side="left")
    known = ends < len(counts)
    first = np.datetime64(found.first.replace(tzinfo=None), "us")
    moments = first + starts.astype("timedelta64[m]")
    lasts = first + dice.integers(0, len(found.opened), CASES_AN_HOURS).astype("timedelta64[m]")
    if known.any():
        due = add_column(hours, moments[known], minutes[known].astype(np.float64))
        assert np.array_equal(due, first + ends[known].astype("timedelta64[m]")), hours
    passed = counts[(lasts - first) // np.timedelta64(1, "m")] - counts[starts]
    assert np.array_equal(between_column(hours, moments, lasts), passed), hours
    for row in range(0, CASES_AN_HOURS, EACH_ALONE):
        start = found.first + timedelta(minutes=int(starts[row]))
        last = found.first + (lasts[row] - first).item()
        assert between(hours, start, last) == passed[row], (hours, start, last)
        assert is_open(hours, start) == found.opened[starts[row]], (hours, start)
        if known[row]:
            due = found.first + timedelta(minutes=int(ends[row]))
            # Times that the clock shows twice equal none of another zone (PEP 495), so both are taken to UTC.
            assert add(hours, start, int(minutes[row])).astimezone(UTC) == due, (hours, start, minutes[row])
    _changes_agree(hours, found, starts[:50])


def _changes_agree(hours: Hours, found: Walked, starts: np.ndarray) -> None:
    for start in starts.tolist():
        moment = found.first + timedelta(minutes=start)
        later = np.flatnonzero(found.opened[start + 1 :] != found.opened[start])
        if len(later):
            expected = moment + timedelta(minutes=int(later[0]) + 1)
            change = next_change(hours, moment)
            assert change is not None
            assert change.astimezone(UTC) == expected
            opens = moment if found.opened[start] else expected
            assert next_opening(hours, moment).astimezone(UTC) == opens


def test_nothing_that_never_opens_is_sought_for_ever() -> None:
    shut = Hours("shut", "Pacific/Apia", ((),) * 7)
    with pytest.raises(NeverOpens):
        add_column(shut, np.array(["2011-12-29T00:00"], dtype="datetime64[us]"), np.array([1.0]))
