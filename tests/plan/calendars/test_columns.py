"""A column is answered as each case alone: to the microsecond, over many rows and years, and with the same refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from tantam.plan.calendars import Hours, add, between, parse_all
from tantam.plan.calendars.columns import add_column, between_column

FORMS = {
    "office": {"mon-fri": "08:00-12:00, 13:00-17:30", "holidays": "VN", "zone": "Asia/Ho_Chi_Minh"},
    "odd": {"mon-sat": "08:07-16:56", "zone": "Europe/Berlin"},
    "night": {"daily": "22:00-06:00", "zone": "America/St_Johns"},
    "always": {"daily": "00:00-24:00", "zone": "UTC"},
    "december": {"24 dec": "08:00-10:00", "zone": "UTC"},
}
HOURS = {name: read.hours for name, read in parse_all(FORMS, "UTC").items()}
MICROSECOND = timedelta(microseconds=1)


def column(moments: list[datetime], unit: str = "us") -> np.ndarray:
    return np.array([each.astimezone(UTC).replace(tzinfo=None) for each in moments], dtype=f"datetime64[{unit}]")


def alone(hours: Hours, moments: list[datetime], minutes: list[float]) -> list[datetime]:
    return [add(hours, start, count).astimezone(UTC) for start, count in zip(moments, minutes, strict=True)]


def told(due: np.ndarray) -> list[datetime]:
    return [each.replace(tzinfo=UTC) for each in due.tolist()]


def drawn(seed: int, rows: int, first: int, last: int) -> tuple[list[datetime], list[float]]:
    """Draw moments of these years, to the microsecond, and minutes, some of them none, parts of one, or of weeks."""
    random, begin = Random(seed), datetime(first, 1, 1, tzinfo=UTC)
    width = datetime(last, 1, 1, tzinfo=UTC) - begin
    moments = [begin + random.randrange(width // MICROSECOND) * MICROSECOND for _ in range(rows)]
    return moments, [random.choice([0.0, 0.5, 1 / 60, 1.0, 59.25, 480.0, 5_000.0, 60_000.0]) for _ in range(rows)]


# Hours of single minutes over so many years are more than a table of cells may hold: they are searched.
@pytest.mark.parametrize(("first", "last"), [(2026, 2027), (2005, 2031)], ids=["a year", "longer than a grid"])
@pytest.mark.parametrize("name", ["office", "odd", "night", "always"])
def test_each_row_is_answered_as_it_is_alone(name: str, first: int, last: int) -> None:
    hours, (moments, minutes) = HOURS[name], drawn(7, 120, first, last)
    assert told(add_column(hours, column(moments), np.array(minutes))) == alone(hours, moments, minutes)
    lasts = moments[1:] + moments[:1]
    passed = between_column(hours, column(moments), column(lasts))
    assert passed.tolist() == [between(hours, *each) for each in zip(moments, lasts, strict=True)]


@pytest.mark.parametrize("far", [[], [datetime(2005, 1, 1, tzinfo=UTC)]], ids=["a year", "longer than a grid"])
def test_every_edge_of_every_interval_is_answered_as_it_is_alone(far: list[datetime]) -> None:
    hours = HOURS["odd"]
    begin = datetime(2026, 3, 27, tzinfo=UTC)  # clocks are set forward two nights later
    opens = [add(hours, begin, count * 529.0).astimezone(UTC) for count in range(1, 6)]
    edges = [each + number * MICROSECOND for each in opens for number in (-1, 0, 1)] + far
    for count in (MICROSECOND / timedelta(minutes=1), 528.0, 529.0, 529.0 + 1 / 60):
        minutes = [count] * len(edges)
        assert told(add_column(hours, column(edges), np.array(minutes))) == alone(hours, edges, minutes)
    passed = between_column(hours, column(edges[:-1]), column(edges[1:]))
    assert passed.tolist() == [between(hours, *each) for each in pairwise(edges)]


def test_more_rows_than_are_worked_on_at_a_time_are_all_answered_where_they_stand() -> None:
    moments, minutes = drawn(11, 50, 2026, 2027)
    times = 700
    expected = add_column(HOURS["office"], column(moments), np.array(minutes))
    many = add_column(HOURS["office"], np.tile(column(moments), times), np.tile(minutes, times))
    assert np.array_equal(many, np.tile(expected, times))
    once = between_column(HOURS["office"], column(moments), expected)
    passed = between_column(HOURS["office"], np.tile(column(moments), times), np.tile(expected, times))
    assert np.array_equal(passed, np.tile(once, times))


def test_one_number_of_minutes_counts_for_every_row() -> None:
    moments, _ = drawn(3, 40, 2026, 2027)
    same = add_column(HOURS["night"], column(moments), np.full(40, 90.0))
    assert np.array_equal(add_column(HOURS["night"], column(moments), np.float64(90.0)), same)


@pytest.mark.parametrize("unit", ["s", "ms", "ns"])
def test_moments_of_every_unit_are_read(unit: str) -> None:
    moments = [each.replace(microsecond=0) for each in drawn(5, 20, 2026, 2027)[0]]
    expected = add_column(HOURS["office"], column(moments), np.float64(75))
    found = add_column(HOURS["office"], column(moments, unit), np.float64(75))
    assert found.dtype == expected.dtype == np.dtype("datetime64[us]")
    assert np.array_equal(found, expected)
    assert np.array_equal(
        between_column(HOURS["office"], column(moments, unit), found),
        between_column(HOURS["office"], column(moments), found),
    )


def test_who_needs_nothing_is_due_at_once_also_where_it_never_opens_again() -> None:
    moments = [datetime(2026, 12, 27, 3, tzinfo=UTC), datetime(2026, 12, 24, 9, tzinfo=UTC)]
    for hours in (HOURS["december"], Hours("shut", "UTC", ((),) * 7)):
        assert told(add_column(hours, column(moments), np.zeros(2))) == moments


def test_what_opens_once_a_year_is_found_years_later() -> None:
    moments = [datetime(2026, 12, 24, 9, tzinfo=UTC), datetime(2026, 12, 24, 9, 59, tzinfo=UTC)]
    for minutes in (60.0, 61.0, 180.0, 60.0 + 120 * 4):
        hours = HOURS["december"]
        assert told(add_column(hours, column(moments), np.full(2, minutes))) == alone(hours, moments, [minutes] * 2)


def test_no_case_is_answered_with_no_row() -> None:
    none = column([])
    assert add_column(HOURS["office"], none, np.array([])).tolist() == []
    assert add_column(HOURS["office"], none, np.array([])).dtype == np.dtype("datetime64[us]")
    assert between_column(HOURS["office"], none, none).tolist() == []
    assert between_column(HOURS["office"], none, none).dtype == np.float64


def test_never_open_no_minute_passes() -> None:
    moments, _ = drawn(2, 10, 2026, 2027)
    assert (
        between_column(Hours("shut", "UTC", ((),) * 7), column(moments), column(moments[::-1])).tolist() == [0.0] * 10
    )


def test_a_missing_moment_is_told_by_its_row() -> None:
    gone = np.array(["2026-03-02T08:00", "NaT", "2026-03-02T08:00", "NaT"], dtype="datetime64[us]")
    there = np.array(["2026-03-02T08:00"] * 4, dtype="datetime64[us]")
    asked = (
        lambda: add_column(HOURS["office"], gone, np.ones(4)),
        lambda: between_column(HOURS["office"], gone, there),
        lambda: between_column(HOURS["office"], there, gone),
    )
    for ask in asked:
        with pytest.raises(ValueError, match=r"^Row 2 has no moment; leave such cases out of the column\.$"):
            ask()


def test_negative_minutes_are_refused_be_it_one_row_of_many() -> None:
    moments, _ = drawn(2, 3, 2026, 2027)
    with pytest.raises(ValueError, match=r"^Negative minutes cannot be added; give 0 or more\.$"):
        add_column(HOURS["office"], column(moments), np.array([5.0, -0.1, 5.0]))


@pytest.mark.parametrize("minutes", [0.0, 1.0, 480.0, 5_000.0, 400_000.0])
@pytest.mark.parametrize("name", ["office", "odd", "night", "always"])
def test_one_case_is_answered_in_the_zone_of_its_hours_wherever_it_was_asked(name: str, minutes: float) -> None:
    hours, start = HOURS[name], datetime(2026, 3, 4, 3, tzinfo=UTC)
    due = add(hours, start, minutes)
    assert due.tzinfo == hours.tz
    assert due == add(hours, start.astimezone(hours.tz), minutes)
