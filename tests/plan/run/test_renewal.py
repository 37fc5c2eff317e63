"""What goes on by itself keeps its day, and notice that comes late counts for the next end."""

from __future__ import annotations

from datetime import date

import pytest

from tantam.plan.run import end_by_notice, renewed_end, times_renewed


@pytest.mark.parametrize(
    ("first", "months", "ends"),
    [
        (date(2024, 2, 29), 12, [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]),
        (date(2025, 2, 28), 12, [date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]),
        (date(2026, 1, 30), 1, [date(2026, 2, 28), date(2026, 3, 30), date(2026, 4, 30)]),
        (date(2026, 1, 31), 1, [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        (date(2026, 4, 30), 1, [date(2026, 5, 31), date(2026, 6, 30)]),
        (date(2026, 12, 15), 3, [date(2027, 3, 15), date(2027, 6, 15)]),
    ],
)
def test_what_goes_on_keeps_its_day(first: date, months: int, ends: list[date]) -> None:
    assert [renewed_end(first, months, times) for times in range(len(ends) + 1)] == [first, *ends]


def test_it_has_gone_on_until_the_day_that_is_asked_and_no_further() -> None:
    assert times_renewed(date(2026, 12, 31), 12, date(2026, 12, 31)) == 0
    assert times_renewed(date(2026, 12, 31), 12, date(2027, 1, 1)) == 1
    assert times_renewed(date(2024, 2, 29), 12, date(2028, 2, 29)) == 4


def test_notice_in_time_ends_it_late_notice_the_next_time() -> None:
    assert end_by_notice(date(2026, 12, 31), 12, 30, date(2026, 12, 1)) == date(2026, 12, 31)
    assert end_by_notice(date(2026, 12, 31), 12, 30, date(2026, 12, 2)) == date(2027, 12, 31)


def test_what_has_no_end_lasts_as_long_as_notice_takes() -> None:
    assert end_by_notice(None, 0, 30, date(2026, 12, 2)) == date(2027, 1, 1)


def test_what_does_not_go_on_ends_as_it_was_agreed() -> None:
    assert end_by_notice(date(2026, 12, 31), 0, 30, date(2026, 12, 20)) == date(2026, 12, 31)
