"""Somebody is at their desk as they said, as long as their browser asks for something; it costs one write a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tantam.desk import duty
from tantam.desk.duty.models import Presence
from tests.support.clock import StandingClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sitting(staff: Any) -> Client:
    browser = Client()
    browser.force_login(staff.agent)
    return browser


def test_who_never_came_is_gone(staff: Any, clock: StandingClock) -> None:
    assert duty.presence(staff.colleague, clock.instant) == "gone"


def test_who_signs_in_is_here_and_gone_after_a_quarter_of_an_hour(
    sitting: Client, staff: Any, clock: StandingClock
) -> None:
    assert duty.presence(staff.agent, clock.instant) == "here"
    assert duty.presence(staff.agent, clock.instant + 15 * MINUTE) == "here"
    assert duty.presence(staff.agent, clock.instant + 16 * MINUTE) == "gone"


def test_a_request_brings_them_back(sitting: Client, staff: Any, clock: StandingClock) -> None:
    clock.forward(minutes=40)
    sitting.get("/desk/team/")
    assert duty.presence(staff.agent, clock.instant) == "here"


def test_who_said_gone_stays_gone_until_another_day(sitting: Client, staff: Any, clock: StandingClock) -> None:
    sitting.post("/desk/team/presence/", {"state": "gone"})
    clock.forward(minutes=30)
    sitting.get("/desk/team/")
    assert duty.presence(staff.agent, clock.instant) == "gone"
    clock.forward(hours=14)
    sitting.get("/desk/team/")
    assert duty.presence(staff.agent, clock.instant) == "here"


def test_an_unknown_state_is_not_taken(sitting: Client, staff: Any, clock: StandingClock) -> None:
    sitting.post("/desk/team/presence/", {"state": "asleep"})
    assert duty.presence(staff.agent, clock.instant) == "here"


def test_pages_of_a_minute_write_once(sitting: Client, clock: StandingClock) -> None:
    clock.forward(minutes=2)

    def writes() -> int:
        with CaptureQueriesContext(connection) as asked:
            sitting.get("/desk/customers/")
        return sum("duty_presence" in each["sql"] and not each["sql"].startswith("SELECT") for each in asked)

    first, second = writes(), writes()
    assert (first, second) == (2, 0)  # the row of a new day is looked for first
    assert Presence.objects.count() == 1
