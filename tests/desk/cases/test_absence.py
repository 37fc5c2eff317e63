"""An owner who is away: the case goes to who stands in, and comes back by choice; nobody off duty is reminded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import break_promise, give_back, hand_over, receive, take
from tantam.desk.cases.models import Case
from tantam.desk.cases.routing import whom
from tantam.desk.cases.routing.looking_around import look_around
from tantam.desk.common import clock as desk_clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tests.desk.cases.test_routing import away, last
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def case(staff: desk.Staff, hoa: Any) -> Case:
    """A case that the agent has."""
    return take(desk.opened(hoa), staff.agent)


def now_is(case: Case) -> Case:
    return Case.objects.select_related("owner").get(pk=case.pk)


def test_the_customers_word_reaches_who_stands_in(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    away(staff.agent, clock, deputy=staff.colleague)
    receive(case, "Anh chị ơi?", channel="web")
    moved = case.events.get(code="handed_over")
    assert now_is(case).owner == staff.colleague
    assert (moved.actor, moved.person, moved.args["because"], moved.args["why"]) == ("plan", None, "away", "received")


def test_the_chain_of_deputies_is_followed_and_a_circle_ends(
    staff: desk.Staff, case: Case, clock: StandingClock
) -> None:
    away(staff.agent, clock, deputy=staff.colleague)
    away(staff.colleague, clock, deputy=staff.specialist)
    receive(case, "Alo?", channel="web")
    assert now_is(case).owner == staff.specialist


def test_a_circle_of_deputies_leaves_the_case_to_its_level(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    away(staff.agent, clock, deputy=staff.colleague)
    away(staff.colleague, clock, deputy=staff.agent)
    DueWork.objects.all().delete()
    receive(case, "Alo?", channel="web")
    assert now_is(case).owner is None and now_is(case).level == "agent"
    assert DueWork.objects.filter(kind="route_case").count() == 1


def test_a_deputy_below_the_cases_level_is_not_burdened(staff: desk.Staff, hoa: Any, clock: StandingClock) -> None:
    case = take(desk.opened(hoa), staff.agent)
    Case.objects.filter(pk=case.pk).update(level="manager", severity="critical", owner=staff.manager)
    away(staff.manager, clock, deputy=staff.agent)
    receive(case, "Alo?", channel="web")
    assert now_is(case).owner is None


def test_a_broken_promise_reaches_who_stands_in(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    promise: Any = case.promises.order_by("due_at").first()
    clock.set_to(promise.due_at)
    away(staff.agent, clock, deputy=staff.specialist)
    assert break_promise(promise.pk)
    assert now_is(case).owner == staff.specialist


def test_what_is_due_before_the_owner_is_back_moves_as_they_leave(
    staff: desk.Staff, case: Case, clock: StandingClock
) -> None:
    away(staff.agent, clock, deputy=staff.colleague)
    look_around({})
    assert now_is(case).owner == staff.colleague


def test_what_can_wait_until_the_owner_is_back_stays_theirs(
    staff: desk.Staff, case: Case, clock: StandingClock
) -> None:
    case = now_is(case)
    assert case.next_due_at is not None
    away(staff.agent, clock, deputy=staff.colleague, days=1)
    Case.objects.filter(pk=case.pk).update(next_due_at=clock.instant + timedelta(days=3))
    look_around({})
    assert now_is(case).owner == staff.agent


def test_looking_around_twice_moves_it_once(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    away(staff.agent, clock, deputy=staff.colleague)
    look_around({})
    look_around({})
    assert desk.codes(case).count("handed_over") == 1


def test_the_case_comes_back_by_choice_only(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    absence = away(staff.agent, clock, deputy=staff.colleague)
    receive(case, "Alo?", channel="web")
    with pytest.raises(Refused, match="still_away"):
        give_back(case, staff.colleague)
    clock.set_to(absence.until)
    look_around({})
    assert now_is(case).owner == staff.colleague
    assert give_back(case, staff.agent).owner == staff.agent
    assert last(case)["because"] == "back"
    with pytest.raises(Refused, match="nobody_was_away"):
        give_back(case, staff.agent)


def test_nothing_goes_back_that_nobody_left(staff: desk.Staff, case: Case) -> None:
    with pytest.raises(Refused, match="nobody_was_away"):
        give_back(case, staff.agent)
    with pytest.raises(Refused, match="not_allowed"):
        give_back(case, staff.outsider)


# ---------------------------------------------------------------------- who is reminded


def told(person: Person, due: timedelta) -> Any:
    now = desk_clock.now()
    return whom(person, "agent", now=now, due=now + due)


def test_who_is_on_duty_is_reminded_at_once(staff: desk.Staff, clock: StandingClock) -> None:
    assert told(staff.agent, timedelta(hours=1)) == (staff.agent, clock.instant)


def test_nobody_is_reminded_at_night_or_on_a_sunday(staff: desk.Staff, clock: StandingClock) -> None:
    staff.agent.team = "care"
    for hour, day in ((20, 4), (5, 8)):  # three at night; noon on a Sunday
        clock.set_to(clock.instant.replace(day=day, hour=hour))
        person, at = told(staff.agent, timedelta(days=3))
        assert person == staff.agent and at > clock.instant
        assert at.astimezone(desk_clock.now().tzinfo).hour in (0, 1)  # seven or eight in Vietnam


def test_who_is_away_when_it_falls_due_is_not_reminded_but_who_stands_in(
    staff: desk.Staff, clock: StandingClock
) -> None:
    away(staff.agent, clock, deputy=staff.specialist)
    assert told(staff.agent, timedelta(hours=5)) == (staff.specialist, clock.instant)


def test_without_a_deputy_somebody_of_the_level_is_reminded(staff: desk.Staff, clock: StandingClock) -> None:
    away(staff.agent, clock)
    assert told(staff.agent, timedelta(hours=5)) == (staff.colleague, clock.instant)


def test_who_is_back_in_time_is_reminded_as_they_come_back(staff: desk.Staff, clock: StandingClock) -> None:
    away(staff.agent, clock, days=1)
    person, at = told(staff.agent, timedelta(days=5))
    assert person == staff.agent and at > clock.instant


def test_only_who_left_for_an_absence_is_given_it_back(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    absence = away(staff.agent, clock, deputy=staff.colleague)
    receive(case, "Alo?", channel="web")
    absence.delete()
    hand_over(case, staff.colleague, "agent")
    take(case, staff.colleague)
    with pytest.raises(Refused, match="nobody_was_away"):
        give_back(case, staff.colleague)


def test_given_back_it_says_from_whom_to_whom(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    absence = away(staff.agent, clock, deputy=staff.colleague)
    receive(case, "Alo?", channel="web")
    absence.delete()
    back = give_back(case, staff.colleague)
    assert back.owner == staff.agent and last(case) == {
        "owner_before": staff.colleague.pk,
        "owner": staff.agent.pk,
        "level": "agent",
        "because": "back",
    }


def test_who_has_left_for_good_is_given_nothing_back(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    absence = away(staff.agent, clock, deputy=staff.colleague)
    receive(case, "Alo?", channel="web")
    absence.delete()
    Person.objects.filter(pk=staff.agent.pk).update(is_active=False)
    with pytest.raises(Refused, match="nobody_was_away"):
        give_back(case, staff.colleague)


def test_who_took_it_from_its_level_since_keeps_it(staff: desk.Staff, case: Case, clock: StandingClock) -> None:
    absence = away(staff.agent, clock)
    receive(case, "Alo?", channel="web")
    assert now_is(case).owner is None and last(case)["because"] == "away"
    absence.delete()
    take(case, staff.colleague)
    with pytest.raises(Refused, match="nobody_was_away"):
        give_back(case, staff.colleague)
