"""Open minutes in SQL are the open minutes of the plan's calendars, over both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.history.past import Past, Tail, open_past
from tantam.history.store import Manifest
from tantam.plan.calendars import Hours, Interval, around_the_clock, between
from tests.history.store.sample import row, utc
from tests.support.proving import examples

DAY, NIGHT = Interval(8 * 60, 17 * 60 + 30), Interval(22 * 60, 30 * 60)
CLOCKS = {
    "shop": Hours("shop", "Europe/Berlin", ((DAY,),) * 5 + ((), ())),
    "night": Hours("night", "Europe/Berlin", ((NIGHT,),) * 7),
    "always": around_the_clock("Europe/Berlin"),
    "saigon": Hours("saigon", "Asia/Ho_Chi_Minh", ((Interval(0, 720), Interval(780, 1020)),) * 6 + ((),)),
    "never": Hours("never", "Europe/Berlin", ((),) * 7),
}
MINUTES = """
    SELECT later.before + date_diff('microsecond', later.since, least($until, later.until)) / 6e7
         - earlier.before - date_diff('microsecond', earlier.since, least($since, earlier.until)) / 6e7
    FROM (SELECT $since AS since, $until AS until) AS asked
    ASOF JOIN (SELECT * FROM open_time WHERE clock = $clock) AS earlier ON asked.since >= earlier.since
    ASOF JOIN (SELECT * FROM open_time WHERE clock = $clock) AS later ON asked.until >= later.since
"""
SPRING, AUTUMN = datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
_past = None


def past() -> Past:
    """Return a past of one event in 2026, opened once."""
    global _past
    if _past is None:
        until = datetime(2026, 12, 31, tzinfo=UTC)
        _past = open_past(None, tail=Tail(Manifest(), [row(1)]), clocks=CLOCKS, until=until)
    return _past


def minutes(clock: str, since: datetime, until: datetime) -> float:
    """Return the open minutes as a measure counts them."""
    asked = MINUTES.replace("$since", "CAST($since AS TIMESTAMP)").replace("$until", "CAST($until AS TIMESTAMP)")
    return past().rows(asked, {"clock": clock, "since": since, "until": until})[0][0]


@settings(max_examples=examples(40))
@given(
    st.sampled_from(sorted(CLOCKS)),
    st.sampled_from([SPRING, AUTUMN, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)]),
    st.timedeltas(timedelta(days=-5), timedelta(days=5)),
    st.timedeltas(timedelta(0), timedelta(days=9)),
)
def test_minutes_are_those_of_the_calendars(clock: str, near: datetime, off: timedelta, lasts: timedelta) -> None:
    since = near + off
    assert minutes(clock, since, since + lasts) == pytest.approx(between(CLOCKS[clock], since, since + lasts), abs=1e-6)


def test_a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    def shift(change: datetime) -> float:
        return minutes("night", change - timedelta(hours=12), change + timedelta(hours=12))

    assert (shift(SPRING), shift(SPRING + timedelta(days=2)), shift(AUTUMN)) == (420, 480, 540)


def test_calendar_time_never_stops() -> None:
    assert minutes("", SPRING - timedelta(days=60), AUTUMN) == pytest.approx((210 + 60) * 1440)


def test_every_clock_answers_for_every_event_and_the_year_after_now() -> None:
    for clock in ("", *CLOCKS):
        found = past().rows("SELECT min(since), max(until) FROM open_time WHERE clock = $clock", {"clock": clock})
        assert found[0][0] <= utc(2025, 1, 1)
        assert clock == "never" or found[0][1] >= utc(2027, 12, 30)
