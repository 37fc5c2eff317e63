"""Hours of the week with no way in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.errors import Severity
from tests.plan.checks.plans import codes, findings


@pytest.mark.parametrize(
    ("hours", "closed"),
    [
        ('{office: {mon-fri: "08:00-18:00"}}', None),
        ('{office: {daily: "08:00-24:00"}}', "mon 00:00-08:00, tue 00:00-08:00, wed 00:00-08:00"),
        ('{office: {mon-sat: "00:00-24:00"}}', "sun 00:00-24:00"),
        ('{office: {mon-sun: "22:00-21:00"}}', "mon 21:00-22:00, tue 21:00-22:00"),
        ('{office: {mon-sat: "00:00-24:00", sun: "00:00-12:00, 13:00-24:00"}}', "sun 12:00-13:00"),
        ('{office: {mon-fri: "00:00-24:00"}}', "sat 00:00-sun 24:00"),
    ],
)
def test_every_stretch_without_an_open_channel_is_told(hours: str, closed: str | None, tmp_path: Path) -> None:
    found = findings(tmp_path, f"hours: {hours}\nchannels: {{phone: {{hours: office}}}}\n")
    told = [each for each in found if each.code == "K10"]
    assert [each.severity for each in told] == [Severity.WARNING]
    assert told[0].place.line == 5
    if closed is not None:
        assert told[0].args["hours"].startswith(closed)


def test_a_team_on_weekdays_and_mail_for_the_rest_leave_no_hour_out(tmp_path: Path) -> None:
    plan = """\
hours:
  team: {mon-fri: "08:00-18:00", holidays: DE-BE}
  rest: {mon-thu: "18:00-08:00", fri: "18:00-24:00", sat: "00:00-24:00", sun: "00:00-24:00"}
channels: {phone: {hours: team}, mail: {hours: rest}}
"""
    (found,) = (each for each in findings(tmp_path, plan) if each.code == "K10")
    assert found.args["hours"] == "mon 00:00-08:00", "Sunday's service ends at midnight"
    whole = plan.replace('sun: "00:00-24:00"', 'sun: "00:00-12:00, 12:00-08:00"')
    assert codes(findings(tmp_path, whole), "K1") == []


def test_a_channel_without_hours_is_always_open(tmp_path: Path) -> None:
    assert codes(findings(tmp_path, "channels: {mail: {}}\n"), "K1") == []


def test_holidays_close_no_ordinary_week(tmp_path: Path) -> None:
    plan = 'hours: {all: {daily: "00:00-24:00", holidays: DE, "2026-06-16": closed}}\nchannels: {mail: {hours: all}}\n'
    assert codes(findings(tmp_path, plan), "K1") == []


def test_a_plan_without_channels_gets_a_note(tmp_path: Path) -> None:
    told = [each for each in findings(tmp_path, "") if each.code == "K11"]
    assert [each.severity for each in told] == [Severity.NOTE]


def test_hours_that_take_the_name_of_day_and_night_are_an_error(tmp_path: Path) -> None:
    plan = 'hours: {always: {mon-fri: "08:00-18:00"}}\nchannels: {mail: {hours: always}}\n'
    (found,) = (each for each in findings(tmp_path, plan) if each.code.startswith("K1"))
    assert (found.code, found.severity, found.place.line) == ("K12", Severity.ERROR, 4)
    assert codes(findings(tmp_path, plan.replace("mon-fri", "daily").replace("08:00-18:00", "00:00-24:00")), "K1") == []
