"""Who a case is offered or given to, and why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import hand_over, open_case, resolve, take
from tantam.desk.cases.models import Case
from tantam.desk.cases.routing.route import route_case
from tantam.desk.common import work
from tantam.desk.common.models import DueWork
from tantam.desk.duty.models import Absence
from tests.support import desk, ladder
from tests.support.clock import StandingClock

GIVEN = "escalates_to: specialist\n    assign: give"


def routed(case: Case) -> Case:
    """Let the worker route the case; return it as it is then."""
    route_case({"case": case.pk})
    return Case.objects.get(pk=case.pk)


def last(case: Case) -> Any:
    """Return the arguments of what happened last."""
    return case.events.order_by("-id")[0].args


@pytest.fixture
def giving(db: None, clock: StandingClock, tmp_path: Path) -> desk.Staff:
    """People at a desk whose agents are given their cases."""
    ladder.with_agents(tmp_path, GIVEN)
    return desk.hire()


def test_a_new_case_is_routed_right_after_it_was_opened(staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    assert DueWork.objects.filter(kind="route_case", payload={"case": case.pk}).count() == 1
    assert "offered" not in desk.codes(case)


def test_a_case_is_offered_to_who_is_on_duty_at_its_level_and_stays_nobodys(staff: desk.Staff, hoa: Any) -> None:
    case = routed(desk.opened(hoa))
    told = last(case)
    assert {each["person"] for each in told["to"]} == {staff.agent.pk, staff.colleague.pk}
    assert case.owner is None and case.events.order_by("-id")[0].clause == "levels.agent"


def test_a_level_that_gives_makes_the_fittest_its_owner_and_says_why(giving: desk.Staff) -> None:
    Person.objects.filter(pk=giving.colleague.pk).update(languages=["de"], skills=["faulty"])
    Person.objects.filter(pk=giving.agent.pk).update(languages=["vi"])
    case = routed(desk.opened(desk.customer(language="de")))
    assert case.owner == giving.colleague
    event = case.events.order_by("-id")[0]
    assert (event.code, event.actor, event.clause) == ("taken", "plan", "levels.agent.assign")
    assert event.args["fit"] == {"person": giving.colleague.pk, "open": 0, "language": "de", "topic": "faulty"}


def test_who_does_not_speak_the_language_is_never_given_the_case(giving: desk.Staff) -> None:
    Person.objects.filter(level="agent").update(languages=["vi"])
    case = routed(desk.opened(desk.customer(language="de")))
    assert case.owner is None
    assert all(each["lacks"] == ["language"] for each in last(case)["to"])


def test_who_has_least_to_do_is_given_the_next_case(giving: desk.Staff) -> None:
    owners = [routed(desk.opened(desk.customer(mail=f"{each}@example.com"))).owner_id for each in range(6)]
    assert owners.count(giving.agent.pk) == owners.count(giving.colleague.pk) == 3


def test_nobody_is_given_more_than_they_may_have(giving: desk.Staff) -> None:
    Person.objects.filter(level="agent").update(most_cases=1)
    cases = [routed(desk.opened(desk.customer(mail=f"{each}@example.com"))) for each in range(3)]
    assert [each.owner is None for each in cases] == [False, False, True]
    assert {each["lacks"][0] for each in last(cases[2])["to"]} == {"room"}


def test_a_returning_customer_reaches_the_agent_they_know(giving: desk.Staff, clock: StandingClock) -> None:
    hoa = desk.customer()
    first = desk.opened(hoa)
    take(first, giving.agent)
    resolve(first, giving.agent)
    for each in range(2):
        take(desk.opened(desk.customer(mail=f"{each}@example.com")), giving.agent)
    case = routed(desk.opened(hoa))
    assert case.owner == giving.agent and last(case)["fit"]["knows"] is True


def test_the_agent_they_know_is_not_waited_for_when_away(giving: desk.Staff, clock: StandingClock) -> None:
    hoa = desk.customer()
    first = desk.opened(hoa)
    take(first, giving.agent)
    away(giving.agent, clock)
    assert routed(desk.opened(hoa)).owner == giving.colleague


def test_who_is_away_or_off_shift_is_given_nothing(giving: desk.Staff, clock: StandingClock) -> None:
    away(giving.agent, clock)
    case = routed(desk.opened(desk.customer()))
    assert case.owner == giving.colleague
    clock.set_to(clock.instant.replace(hour=20))  # three at night in Vietnam
    late = routed(desk.opened(desk.customer(mail="b@example.com")))
    assert late.owner is None
    again = DueWork.objects.filter(kind="route_case", payload={"case": late.pk}, due_at__gt=clock.instant).get()
    clock.set_to(again.due_at)
    assert routed(late).owner == giving.colleague


def test_a_case_given_to_a_level_by_a_colleague_is_routed_there(staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    hand_over(case, staff.agent, "specialist")
    case = routed(case)
    assert [each["person"] for each in last(case)["to"]] == [staff.specialist.pk]


def test_routing_costs_the_same_however_many_work_here(giving: desk.Staff, django_assert_max_num_queries: Any) -> None:
    Person.objects.bulk_create(
        Person(email=f"{n}@desk.example", name=str(n), level="agent", password="!") for n in range(60)
    )
    case = desk.opened(desk.customer())
    with django_assert_max_num_queries(19):  # one of them who is stopped, on PostgreSQL one a lock
        routed(case)


def test_routing_twice_changes_nothing(giving: desk.Staff) -> None:
    case = routed(desk.opened(desk.customer()))
    before = desk.codes(case)
    assert routed(case).owner == case.owner and desk.codes(case) == before


def test_a_resolved_case_is_not_routed(giving: desk.Staff) -> None:
    case = desk.opened(desk.customer())
    resolve(case, giving.specialist)
    before = desk.codes(case)
    routed(case)
    assert desk.codes(case) == before


def test_the_worker_knows_this_work(staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    work._handlers.setdefault("deliver_message", lambda _: None)
    work.run_due(limit=20)
    assert "offered" in desk.codes(case)


def test_a_form_sent_twice_is_routed_once(staff: desk.Staff, hoa: Any) -> None:
    for _ in range(2):
        open_case(desk.concern(hoa, submission="one"))
    assert DueWork.objects.filter(kind="route_case").count() == 1


def away(person: Person, clock: StandingClock, *, deputy: Person | None = None, days: int = 5) -> Absence:
    """Let somebody be away since an hour ago."""
    since = clock.instant - timedelta(hours=1)
    return Absence.objects.create(
        person=person, since=since, until=since + timedelta(days=days), deputy=deputy, entered_by=person
    )
