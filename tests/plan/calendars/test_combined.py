"""Hours made of others: what is said of wrong ones, how deep they go, their names and zones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tantam.plan.calendars import Interval, parse_all
from tantam.plan.calendars.named_hours import Read
from tantam.plan.calendars.spans import days_open

ZONE = "Asia/Ho_Chi_Minh"
DAY = {"mon-fri": "08:00-12:00"}


def faults(forms: dict[str, Any], name: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [(each.key, each.code, dict(each.args)) for each in parse_all(forms, ZONE)[name].faults]


@pytest.mark.parametrize("how", ["any_of", "all_of", "rest_of"])
def test_a_key_beside_what_they_are_made_of_is_told_with_those_that_may_stand_there(how: str) -> None:
    told = {"where": "mon", "got": "mon", "allowed": f"{how}, zone"}
    assert faults({"b": DAY, "a": {how: "b", "mon": "08:00-09:00", "tue": "closed"}}, "a") == [("mon", "H11", told)]
    assert faults({"b": DAY, "a": {how: "b", "zone": "UTC"}}, "a") == []


@pytest.mark.parametrize(
    ("forms", "name", "how", "circle"),
    [
        ({"a": {"rest_of": "a"}}, "a", "rest_of", "a → a"),
        ({"a": {"rest_of": "b"}, "b": {"any_of": ["a"]}}, "b", "any_of", "a → b → a"),
        ({"x": {"any_of": "a"}, "a": {"rest_of": "b"}, "b": {"all_of": "a"}}, "b", "all_of", "a → b → a"),
    ],
)
def test_hours_made_of_themselves_tell_the_circle(forms: dict[str, Any], name: str, how: str, circle: str) -> None:
    assert faults(forms, name) == [(how, "H13", {"where": how, "circle": circle})]
    assert not any(each.faults for other, each in parse_all(forms, ZONE).items() if other != name)


def chain(length: int) -> dict[str, Read]:
    forms: dict[str, Any] = {f"h{n}": {"any_of": f"h{n + 1}"} for n in range(length)}
    return parse_all(forms | {f"h{length}": DAY}, ZONE)


def test_hours_may_be_made_of_others_eight_deep() -> None:
    assert not any(each.faults for each in chain(8).values())
    deeper = chain(9)
    assert [name for name, each in deeper.items() if each.faults] == ["h8"]
    way = " → ".join(f"h{n}" for n in range(10))
    assert deeper["h8"].faults[0].args == {"where": "any_of", "circle": way}


def test_parts_are_written_as_a_list_or_with_commas_each_once() -> None:
    forms: dict[str, Any] = {"b": DAY, "c": {"sat": "08:00-12:00"}}
    written = ["b, c", ["b", "c"], " b,c , b", ("b", "c", "c")]
    read = parse_all(forms | {f"a{n}": {"any_of": each} for n, each in enumerate(written)}, ZONE)
    parts = [read[f"a{n}"].hours.combined for n in range(len(written))]
    assert all(each and [part.name for part in each.parts] == ["b", "c"] for each in parts)


def test_their_zone_is_their_own_else_that_of_the_first_part_else_the_plans() -> None:
    forms: dict[str, Any] = {"far": DAY | {"zone": "Asia/Tokyo"}, "near": DAY}
    forms |= {"own": {"any_of": "far", "zone": "UTC"}, "first": {"any_of": "far, near"}, "none": {"any_of": "?"}}
    read = parse_all(forms, ZONE)
    assert [read[name].hours.zone for name in ("own", "first", "none")] == ["UTC", "Asia/Tokyo", ZONE]
    assert read["none"].unknown == (("any_of", "?"),)
    told = parse_all({"b": DAY, "a": {"any_of": "b", "zone": "Mars"}}, ZONE)["a"].faults
    assert [(each.key, each.code) for each in told] == [("zone", "H05")]


def test_their_week_is_that_of_their_parts_at_home() -> None:
    forms: dict[str, Any] = {"b": DAY, "rest": {"rest_of": "b"}, "far": {"any_of": "b", "zone": "Asia/Tokyo"}}
    read = parse_all(forms, ZONE)
    assert read["rest"].hours.week[0] == (Interval(0, 480), Interval(720, 1440))
    assert read["rest"].hours.week[6] == (Interval(0, 1440),)
    assert read["far"].hours.week[0] == (Interval(600, 840),)


def test_their_intervals_are_whole_minutes_also_where_a_zone_was_set_by_the_sun() -> None:
    forms: dict[str, Any] = {"b": {"daily": "08:00-12:00", "zone": "UTC"}, "a": {"any_of": "b", "zone": ZONE}}
    hours = parse_all(forms, "UTC")["a"].hours
    for _, intervals in days_open(hours, date(1900, 1, 1), date(1900, 1, 9)):
        assert all(type(minute) is int for each in intervals for minute in (each.start, each.end))
        assert intervals == (Interval(15 * 60 + 6, 19 * 60 + 6),)
