"""Quiet hours are read by the clocks where the customer lives, over both changes of the clocks, and always end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tantam.plan.run import unsaid
from tantam.plan.run.quiet import goes_out_anyway, is_awake, quiet_until
from tantam.plan.sections import Plan, read_text
from tantam.plan.tables.values import Family, Span

SHOP = """\
tantam: 1
company: {name: Shop, languages: [en], timezone: Asia/Ho_Chi_Minh, currency: EUR}
hours: {night: {mon-sun: "21:00-07:00"}, never_ends: {mon-sun: "00:00-24:00"}, office: {rest_of: night}}
channels: {zalo: {goes_on: 3 days}, chat: {}, phone: {tries_again: 30 min}, mail: {}}
levels: {agent: {handles: [minor, serious]}}
"""


def plan(written: str = "courtesy: {quiet: night}\n") -> Plan:
    return read_text(SHOP + written)


def at(instant: str) -> datetime:
    return datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "zone, now, until",
    [
        ("Asia/Ho_Chi_Minh", "2026-11-20T13:59", None),  # 20:59 there
        ("Asia/Ho_Chi_Minh", "2026-11-20T14:00", "2026-11-21T00:00"),  # 21:00 there: 07:00 is midnight UTC
        ("Asia/Ho_Chi_Minh", "2026-11-20T23:59", "2026-11-21T00:00"),
        ("Asia/Ho_Chi_Minh", "2026-11-21T00:00", None),
        ("Europe/Berlin", "2026-11-20T14:00", None),  # three in the afternoon there
        ("Europe/Berlin", "2026-11-20T23:00", "2026-11-21T06:00"),
        ("Europe/Berlin", "2026-03-28T22:00", "2026-03-29T05:00"),  # the night loses an hour
        ("Europe/Berlin", "2026-10-24T22:00", "2026-10-25T06:00"),  # the night has one more
    ],
)
def test_hours_are_read_by_the_clocks_of_the_zone(zone: str, now: str, until: str | None) -> None:
    assert quiet_until(plan(), zone, now=at(now)) == (at(until) if until else None)


def test_hours_made_of_others_move_with_them() -> None:
    made = plan("courtesy: {quiet: {hours: office}}\n")
    assert quiet_until(made, "Europe/Berlin", now=at("2026-11-20T14:00")) == at("2026-11-20T20:00")


def test_without_quiet_hours_or_with_ones_that_never_end_nothing_waits() -> None:
    for written in ("", "courtesy: {quiet: never_ends}\n", "courtesy: {quiet: nights}\n"):
        assert quiet_until(plan(written), "Europe/Berlin", now=at("2026-11-20T23:00")) is None


def test_some_severities_go_out_all_the_same() -> None:
    made = plan("courtesy: {quiet: {hours: night, but: [serious]}}\n")
    assert [goes_out_anyway(made, each) for each in ("serious", "minor", "")] == [True, False, False]
    assert not goes_out_anyway(plan(""), "serious")


def test_who_wrote_a_while_ago_is_awake_for_as_long_as_the_plan_says() -> None:
    wrote = at("2026-11-20T20:00")
    assert is_awake(plan(), wrote=wrote, now=at("2026-11-20T21:59"))
    assert not is_awake(plan(), wrote=wrote, now=at("2026-11-20T22:00"))
    made = plan("courtesy: {quiet: {hours: night, awake: 30 min}}\n")
    assert not is_awake(made, wrote=wrote, now=at("2026-11-20T20:30"))


def test_what_cannot_be_read_is_noted_and_stops_no_plan() -> None:
    made = plan("courtesy: {quiet: {hours: night, but: [grave], awake: soon}}\n")
    assert made.courtesy.quiet is not None and made.courtesy.quiet.but == ()
    assert sorted((each.code, each.clause) for each in made.findings) == [
        ("K202", "courtesy.quiet.awake"),
        ("K204", "courtesy.quiet.but"),
    ]
    (found,) = plan("courtesy: {quiet: nigth}\n").findings
    assert (found.code, found.args["nearest"]) == ("K203", "night")


def test_the_usual_times_count_where_the_plan_is_silent() -> None:
    made = plan()
    assert unsaid.goes_on(made, "zalo") == Span(Family.CALENDAR, 3)
    assert unsaid.goes_on(made, "chat") == unsaid.goes_on(made, "whatsapp") == Span(Family.CALENDAR, 7)
    assert unsaid.tries_again(made, "phone") == Span(Family.EXACT, 1800)
    assert unsaid.tries_again(made, "hotline") == Span(Family.EXACT, 3600)
    assert unsaid.awake(made) == Span(Family.EXACT, 7200)
