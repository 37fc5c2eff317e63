"""Targets as the plan writes them, and whether they are reached."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from tantam.desk.reports import least_kept, stretch
from tantam.desk.reports.goals import Target, _state, read_target
from tantam.history.former import Kind, Measured


@pytest.mark.parametrize(
    ("written", "kind", "target"),
    [
        (">= 95 %", Kind.SHARE, Target(0.95, least=True)),
        (">= 99.5%", Kind.SHARE, Target(0.995, least=True)),
        ("<= 2 %", Kind.SHARE, Target(0.02, least=False)),
        ("<= 60 min", Kind.MINUTES, Target(60, least=False)),
        ("<= 18 h", Kind.MINUTES, Target(1080, least=False)),
        ("<= 1 working day", Kind.MINUTES, None),
        ("<= 60 min", Kind.SHARE, None),
        (">= 95 %", Kind.MINUTES, None),
        ("better", Kind.SHARE, None),
        (">= 95 %", None, None),
    ],
)
def test_target_is_read_in_the_measures_own_unit(written: str, kind: Kind | None, target: Target | None) -> None:
    assert read_target(written, kind) == target


@pytest.mark.parametrize(
    ("value", "target", "state"),
    [
        (0.95, Target(0.95, least=True), "reached"),
        (0.92, Target(0.95, least=True), "close"),
        (0.80, Target(0.95, least=True), "missed"),
        (60, Target(60, least=False), "reached"),
        (62, Target(60, least=False), "close"),
        (90, Target(60, least=False), "missed"),
        (None, Target(60, least=False), "unknown"),
        (90, None, "unknown"),
    ],
)
def test_goal_is_reached_close_or_missed(value: float | None, target: Target | None, state: str) -> None:
    found = Measured("x", Kind.SHARE, 9, 9, value, None, None, None, 0, ())
    assert _state(found, target) == state


def test_stretch_begins_at_a_local_midnight_and_has_whole_local_days() -> None:
    now = datetime(2026, 3, 29, 20, tzinfo=UTC)  # clocks went forward in Berlin that night
    with timezone.override("Europe/Berlin"):
        week = stretch("week", now)
        days = week.bars()
    assert week.since == datetime(2026, 3, 22, 23, tzinfo=UTC)
    assert [len(days), days[0][0], days[-1][1]] == [
        7,
        datetime(2026, 3, 22, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    ]
    assert all(end == start for (_, end), (start, _) in zip(days, days[1:], strict=False))


def test_the_goal_for_everybody_says_how_many_promises_must_be_kept(plan: Any) -> None:
    assert least_kept(plan) == 0.95
