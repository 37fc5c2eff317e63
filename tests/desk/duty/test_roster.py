"""Who is on shift, away, standing in: the plan's hours in the company's zone, less the absences."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tantam.desk import duty
from tantam.desk.common.errors import Refused
from tantam.desk.duty.actions import Away, be_away, cancel_absence
from tantam.desk.plans import duty as shifts
from tests.support.clock import StandingClock

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HCM)


def posted(person: Any, team: str) -> Any:
    person.team = team
    person.save(update_fields=["team"])
    return person


def away(person: Any, first: str, last: str, deputy: Any = None) -> Any:
    return be_away(person, person, Away(at(first), at(last), deputy=deputy))


@pytest.fixture
def july(clock: StandingClock, staff: Any) -> StandingClock:
    """A Wednesday morning in the company's zone."""
    clock.set_to(at("2026-07-15T09:00"))
    return clock


@pytest.mark.parametrize(
    ("team", "moment", "works"),
    [
        ("care", "2026-07-15T09:00", True),
        ("care", "2026-07-15T12:30", False),  # the noon break
        ("care", "2026-07-15T18:00", False),  # the closing minute is out
        ("care", "2026-09-02T09:00", False),  # a holiday
        ("care", "2026-07-19T09:00", False),  # Sunday
        ("evening", "2026-07-15T21:59", True),
        ("evening", "2026-07-18T01:30", True),  # Friday's shift runs past midnight
        ("evening", "2026-07-16T01:30", False),  # Wednesday's does not
        ("", "2026-07-15T21:30", True),  # of no team: any shift of their level
    ],
)
def test_shift_is_the_teams(july: StandingClock, staff: Any, team: str, moment: str, works: bool) -> None:
    assert duty.on_shift(posted(staff.agent, team), at(moment)) is works


def test_shift_of_another_level_is_nobodys(july: StandingClock, staff: Any) -> None:
    manager = posted(staff.manager, "evening")  # its levels are agent and specialist
    plan = shifts.hours_of
    from tantam.desk import plans

    assert plan(plans.in_force(), "evening", manager.level) == shifts.staffed(plans.in_force())


def test_who_is_away_is_not_on_shift(july: StandingClock, staff: Any) -> None:
    person = posted(staff.agent, "care")
    away(person, "2026-07-15T00:00", "2026-07-18T00:00")
    assert not duty.on_shift(person, july.instant)
    assert duty.away(person, july.instant) and duty.away(person, at("2026-07-18T00:00")) is None
    assert person not in duty.on_duty(july.instant) and staff.colleague in duty.on_duty(july.instant)


def test_who_is_away_comes_back_at_the_next_shift(july: StandingClock, staff: Any) -> None:
    person = posted(staff.agent, "care")
    assert duty.next_on_duty(person, july.instant) == july.instant
    assert duty.next_on_duty(person, at("2026-07-15T18:30")) == at("2026-07-16T08:00")
    away(person, "2026-07-16T00:00", "2026-07-18T00:00")
    away(person, "2026-07-18T00:00", "2026-07-19T00:00")
    assert duty.next_on_duty(person, at("2026-07-15T18:30")) == at("2026-07-20T08:00")


def test_deputies_are_followed_to_who_is_there(july: StandingClock, staff: Any) -> None:
    away(staff.agent, "2026-07-15T00:00", "2026-07-18T00:00", staff.colleague)
    assert duty.stand_in(staff.agent, july.instant) == staff.colleague
    away(staff.colleague, "2026-07-15T00:00", "2026-07-16T00:00", staff.specialist)
    assert duty.stand_in(staff.agent, july.instant) == staff.specialist
    assert duty.stand_in(staff.agent, at("2026-07-16T09:00")) == staff.colleague
    assert duty.stand_in(staff.specialist, july.instant) is None, "nobody stands in for who is there"


def test_deputy_without_a_deputy_leaves_nobody(july: StandingClock, staff: Any) -> None:
    away(staff.agent, "2026-07-15T00:00", "2026-07-18T00:00", staff.colleague)
    away(staff.colleague, "2026-07-15T00:00", "2026-07-18T00:00")
    assert duty.stand_in(staff.agent, july.instant) is None


def test_a_circle_of_deputies_is_refused(july: StandingClock, staff: Any) -> None:
    away(staff.agent, "2026-07-15T00:00", "2026-07-18T00:00", staff.colleague)
    away(staff.colleague, "2026-07-15T00:00", "2026-07-18T00:00", staff.specialist)
    with pytest.raises(Refused) as refused:
        away(staff.specialist, "2026-07-17T00:00", "2026-07-20T00:00", staff.agent)
    assert refused.value.code == "deputy_loop"
    assert refused.value.arguments["path"] == "Bình → Mai → Nam → Bình"


def test_deputies_of_other_days_make_no_circle(july: StandingClock, staff: Any) -> None:
    away(staff.agent, "2026-07-15T00:00", "2026-07-17T00:00", staff.colleague)
    away(staff.colleague, "2026-07-17T00:00", "2026-07-19T00:00", staff.agent)
    assert staff.agent.absences.count() == 1 and staff.colleague.absences.count() == 1


def test_three_absences_that_never_last_at_once_make_no_circle(july: StandingClock, staff: Any) -> None:
    away(staff.agent, "2026-07-15T00:00", "2026-07-17T00:00", staff.colleague)
    away(staff.colleague, "2026-07-16T00:00", "2026-07-19T00:00", staff.specialist)
    away(staff.specialist, "2026-07-17T00:00", "2026-07-20T00:00", staff.agent)
    for day in range(15, 20):
        moment = at(f"2026-07-{day}T12:00")
        for person in (staff.agent, staff.colleague, staff.specialist):
            if duty.away(person, moment):
                assert duty.stand_in(person, moment) is not None


def test_a_circle_in_the_rows_is_followed_once(july: StandingClock, staff: Any) -> None:
    from tantam.desk.duty.models import Absence

    pair = (staff.agent, staff.colleague)
    for person, deputy in (pair, pair[::-1]):
        Absence.objects.create(
            person=person, since=july.instant - DAY, until=july.instant + DAY, deputy=deputy, entered_by=person
        )
    assert duty.stand_in(staff.agent, july.instant) is None


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2026-07-20T00:00", "2026-07-19T00:00", "absence_backwards"),
        ("2026-07-01T00:00", "2026-07-02T00:00", "absence_past"),
        ("2026-07-17T00:00", "2026-07-20T00:00", "absence_overlaps"),
        ("2026-07-20T00:00", "2036-07-20T00:00", "absence_too_long"),
    ],
)
def test_absence_that_cannot_be_is_refused(july: StandingClock, staff: Any, since: str, until: str, code: str) -> None:
    away(staff.agent, "2026-07-16T00:00", "2026-07-18T00:00")
    with pytest.raises(Refused) as refused:
        away(staff.agent, since, until)
    assert refused.value.code == code and staff.agent.absences.count() == 1


def test_absences_may_touch(july: StandingClock, staff: Any) -> None:
    away(staff.agent, "2026-07-16T00:00", "2026-07-18T00:00")
    away(staff.agent, "2026-07-18T00:00", "2026-07-19T00:00")
    assert staff.agent.absences.count() == 2


def test_only_managers_enter_absences_of_others(july: StandingClock, staff: Any) -> None:
    meant = Away(at("2026-07-16T00:00"), at("2026-07-18T00:00"))
    with pytest.raises(Refused):
        be_away(staff.agent, staff.colleague, meant)
    with pytest.raises(Refused):
        be_away(staff.outsider, staff.outsider, meant)
    made = be_away(staff.agent, staff.manager, meant)
    with pytest.raises(Refused):
        cancel_absence(made.pk, staff.colleague)
    assert cancel_absence(made.pk, staff.agent).cancelled_at is not None


def test_absence_that_began_ends_now(july: StandingClock, staff: Any) -> None:
    made = away(staff.agent, "2026-07-14T00:00", "2026-07-20T00:00")
    assert cancel_absence(made.pk, staff.agent).until == july.instant
    assert duty.away(staff.agent, july.instant) is None


def test_nobody_stands_in_for_themselves(july: StandingClock, staff: Any) -> None:
    with pytest.raises(Refused) as refused:
        away(staff.agent, "2026-07-16T00:00", "2026-07-18T00:00", staff.agent)
    assert refused.value.code == "deputy_self"
