"""Stretches of a week against a minute-by-minute oracle, and how they are told."""

from __future__ import annotations

import random

import pytest

from tantam.plan.calendars import parse_hours
from tantam.plan.checks.hours.week import ALWAYS, WEEK, Stretches, joined, longest, open_in, told, without

STEP = 60


def minutes(week: Stretches) -> set[int]:
    return {minute for start, end in week for minute in range(start, end, STEP)}


def some(seed: int) -> Stretches:
    picked = random.Random(seed)
    edges = sorted(picked.sample(range(0, WEEK, STEP), 2 * picked.randrange(6)))
    return tuple(zip(edges[::2], edges[1::2]))


@pytest.mark.parametrize("seed", range(60))
def test_joining_and_taking_away_agree_with_every_minute(seed: int) -> None:
    one, other = some(seed), some(seed + 1000)
    assert minutes(joined([one, other])) == minutes(one) | minutes(other)
    assert minutes(without(one, other)) == minutes(one) - minutes(other)
    assert minutes(without(ALWAYS, one)) == set(range(0, WEEK, STEP)) - minutes(one)


def test_a_night_over_the_end_of_the_week_is_one_stretch() -> None:
    night, _ = parse_hours({"sun": "22:00-06:00"}, "Europe/Berlin", name="night")
    week = open_in(night, "Europe/Berlin")
    assert week == ((0, 360), (WEEK - 120, WEEK))
    assert longest(week) == 480
    assert told(without(ALWAYS, week)) == "mon 06:00-sun 22:00"


def test_hours_of_another_zone_stand_in_the_company_s_own() -> None:
    saigon, _ = parse_hours({"mon": "08:00-12:00"}, "Asia/Ho_Chi_Minh", name="saigon")
    assert told(open_in(saigon, "Europe/Berlin")) == "mon 03:00-07:00", "five hours apart in summer"
    assert (
        told(open_in(saigon, "America/New_York")) == "sun 21:00-mon 01:00"
        or longest(open_in(saigon, "America/New_York")) == 240
    )
