"""Stretches of time: whole local days, up to now or between two days, and what cannot be one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tantam.desk.common.errors import Refused
from tantam.desk.reports import asked, between, stretch

NOW = datetime(2026, 3, 29, 20, 0, 30, tzinfo=UTC)  # clocks went forward in Berlin that night


def test_stretch_begins_at_a_local_midnight_and_has_whole_local_days() -> None:
    with timezone.override("Europe/Berlin"):
        week = stretch("week", NOW)
        days = week.bars()
    assert week.since == datetime(2026, 3, 22, 23, tzinfo=UTC)
    assert [len(days), days[0][0], days[-1][1]] == [
        7,
        datetime(2026, 3, 22, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    ]
    assert all(end == start for (_, end), (start, _) in zip(days, days[1:], strict=False))


def test_whoever_asks_twice_in_a_minute_gets_the_same_stretch() -> None:
    assert stretch("week", NOW) == stretch("week", NOW.replace(second=59))
    assert stretch("week", NOW).until > NOW


def test_both_days_of_a_chosen_stretch_are_counted() -> None:
    with timezone.override("Europe/Berlin"):
        chosen = between("2017-02-01", "2017-02-28", NOW)
    assert (chosen.since, chosen.until) == (
        datetime(2017, 1, 31, 23, tzinfo=UTC),
        datetime(2017, 2, 28, 23, tzinfo=UTC),
    )
    assert (chosen.first, chosen.last) == (date(2017, 2, 1), date(2017, 2, 28))
    assert chosen.query == {"since": "2017-02-01", "until": "2017-02-28"}


def test_chosen_stretch_does_not_reach_beyond_this_minute() -> None:
    assert between("2026-03-01", "2026-12-31", NOW).until == stretch("week", NOW).until


def test_one_day_alone_is_enough() -> None:
    assert between("2026-03-01", "", NOW).last == date(2026, 3, 29)
    assert between("", "2017-02-28", NOW).first == date(2016, 3, 1)


@pytest.mark.parametrize(
    ("since", "until", "code", "field"),
    [
        ("yesterday", "", "not_a_day", "since"),
        ("2017-02-30", "", "not_a_day", "since"),
        ("", "9999-12-31", "not_a_day", "until"),
        ("2017-02-02", "2017-02-01", "backwards", "until"),
    ],
)
def test_what_cannot_be_a_stretch_is_refused_where_it_was_written(
    since: str, until: str, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        asked("", since, until, NOW)
    assert (refused.value.code, refused.value.arguments["field"]) == (code, field)


@pytest.mark.parametrize(("since", "until"), [("2026-01-01", "2026-03-01"), ("2025-03-01", ""), ("1970-01-01", "")])
def test_a_long_stretch_is_drawn_in_longer_steps(since: str, until: str) -> None:
    bars = between(since, until, NOW).bars()
    assert 8 <= len(bars) <= 100
    assert all(end == start for (_, end), (start, _) in zip(bars, bars[1:], strict=False))
