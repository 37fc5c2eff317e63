"""Open time against worked cases and a minute-by-minute walk that knows nothing of the compiled spans."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.calendars import Hours, add, between, is_open, next_change, next_opening, parse_hours
from tantam.plan.calendars.columns import add_column, between_column
from tantam.plan.calendars.hours import Interval
from tantam.plan.errors import NeverOpens
from tests.plan.calendars.worked import hours_of, local, table
from tests.support.proving import examples

PAGE = "open-time.md"
CASES = table(PAGE, 1)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Ho_Chi_Minh",
    "America/Santiago",
)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["#"])
def test_open_time_as_the_worked_cases_say(case: dict[str, str]) -> None:
    hours = hours_of(PAGE)[case["hours"]]
    start = local(case["start"], hours)
    if case["end"] == "never opens":
        with pytest.raises(NeverOpens):
            add(hours, start, int(case["minutes"]))
        return
    end = add(hours, start, int(case["minutes"]))
    assert end.astimezone(UTC) == local(case["end"], hours).astimezone(UTC)
    assert between(hours, start, end) == int(case["minutes"])
    assert between(hours, end, start) == -int(case["minutes"])


def walk(hours: Hours, start: datetime, length: int) -> list[bool]:
    """Say for each minute from `start` whether it is open, by looking at the clock on the wall.

    When the clock is set back, the wall shows times again that were over: the latest time shown so far counts.
    """
    zone, moment = hours.tz, start.astimezone(UTC) - timedelta(days=3)
    exceptions = dict(hours.dates)
    latest, opened = datetime(1, 1, 1), []  # noqa: DTZ001
    for _ in range(length + 3 * 1440):
        latest = max(latest, moment.astimezone(zone).replace(tzinfo=None))
        today, minute = latest.date(), latest.hour * 60 + latest.minute
        opened.append(
            any(
                interval.start <= minute + back * 1440 < interval.end
                for back in (0, 1)
                for interval in exceptions.get(
                    today - timedelta(days=back), hours.week[(today - timedelta(days=back)).weekday()]
                )
            )
        )
        moment += MINUTE
    return opened[3 * 1440 :]


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, ...]:
    edges = draw(st.lists(st.integers(0, 95), min_size=0, max_size=4, unique=True).map(sorted))
    found = [Interval(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    if len(edges) % 2:
        found.append(Interval(edges[-1] * 15, draw(st.integers(96, 128)) * 15))
    return tuple(found)


@st.composite
def hours_near_a_change(draw: st.DrawFn) -> tuple[Hours, datetime]:
    zone = draw(st.sampled_from(ZONES))
    day = draw(st.sampled_from([date(2026, 3, 27), date(2026, 4, 3), date(2026, 4, 23), date(2026, 10, 23)]))
    day = draw(st.sampled_from([day, date(2026, 10, 30), date(2026, 3, 6), date(2026, 9, 4), date(2026, 10, 2)]))
    exceptions = draw(
        st.dictionaries(st.integers(0, 4).map(lambda n: day + timedelta(days=n)), intervals(), max_size=2)
    )
    week = tuple(draw(intervals()) for _ in range(7))
    hours = Hours("any", zone, week, tuple(sorted(exceptions.items())))
    start = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    return hours, start + draw(st.integers(0, 1440)) * MINUTE


@settings(max_examples=examples(40), deadline=None)
@given(hours_near_a_change(), st.integers(1, 1500))
def test_add_between_and_is_open_agree_with_a_walk_along_the_clock(
    given_hours: tuple[Hours, datetime], minutes: int
) -> None:
    hours, start = given_hours
    opened = walk(hours, start, 5 * 1440)
    assert [is_open(hours, start + n * MINUTE) for n in range(0, 5 * 1440, 5)] == opened[::5]
    assert between(hours, start, start + len(opened) * MINUTE) == sum(opened)
    changes = [n for n in range(1, len(opened)) if opened[n] != opened[n - 1]]
    if changes:
        change = next_change(hours, start)
        assert change is not None
        assert change.astimezone(UTC) == start + changes[0] * MINUTE
    passed = np.cumsum(opened)
    if passed[-1] >= minutes:
        expected = start + (int(np.searchsorted(passed, minutes)) + 1) * MINUTE
        assert add(hours, start, minutes).astimezone(UTC) == expected


@settings(max_examples=examples(40), deadline=None)
@given(hours_near_a_change(), st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 9000)), min_size=1, max_size=20))
def test_a_column_answers_as_each_case_alone(given_hours: tuple[Hours, datetime], cases: list[tuple[int, int]]) -> None:
    hours, first = given_hours
    if not any(hours.week):
        return
    starts = [first + ahead * MINUTE for ahead, _ in cases]
    column = np.array([start.replace(tzinfo=None) for start in starts], dtype="datetime64[us]")
    ends = add_column(hours, column, np.array([minutes for _, minutes in cases], dtype=np.float64))
    alone = [add(hours, start, minutes).astimezone(UTC) for start, (_, minutes) in zip(starts, cases, strict=True)]
    assert [end.replace(tzinfo=UTC) for end in ends.astype(object)] == alone
    passed = [between(hours, first, start) for start in starts]
    assert between_column(hours, np.repeat(column[:1], len(cases)), column).tolist() == [
        each - passed[0] for each in passed
    ]


def test_seconds_are_kept() -> None:
    hours = hours_of(PAGE)["office"]
    start = datetime(2026, 6, 15, 11, 59, 59, 250_000, tzinfo=hours.tz)
    assert add(hours, start, 1) == datetime(2026, 6, 15, 13, 0, 59, 250_000, tzinfo=hours.tz)


def test_around_the_clock_never_changes() -> None:
    hours = hours_of(PAGE)["always"]
    assert next_change(hours, datetime(2026, 6, 15, tzinfo=UTC)) is None


def test_hours_that_never_open_say_so_and_do_not_loop() -> None:
    shut = Hours("shut", "Europe/Berlin", ((),) * 7)
    moment = datetime(2026, 6, 15, tzinfo=UTC)
    for question in (lambda: add(shut, moment, 1), lambda: next_opening(shut, moment)):
        with pytest.raises(NeverOpens, match="shut"):
            question()
    assert next_change(shut, moment) is None


def test_hours_that_open_after_366_days_never_open() -> None:
    far, _ = parse_hours({"2027-06-17": "09:00-10:00"}, "Europe/Berlin", name="far")
    assert add(far, datetime(2026, 6, 16, 12, tzinfo=UTC), 1).date() == date(2027, 6, 17)
    with pytest.raises(NeverOpens):
        add(far, datetime(2026, 6, 16, 6, tzinfo=UTC), 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        add(hours_of(PAGE)["office"], datetime(2026, 6, 15), 1)  # noqa: DTZ001


def test_frozen_holidays_count_and_other_years_are_looked_up() -> None:
    hours = hours_of(PAGE)["berlin"].frozen({2026: frozenset({date(2026, 6, 15)})})
    monday = datetime(2026, 6, 15, 9, tzinfo=hours.tz)
    assert not is_open(hours, monday)
    assert is_open(hours, datetime(2026, 5, 14, 9, tzinfo=hours.tz)), "Ascension Day was not frozen as a holiday"
    assert not is_open(hours, datetime(2027, 5, 6, 9, tzinfo=hours.tz)), "2027 is looked up"
