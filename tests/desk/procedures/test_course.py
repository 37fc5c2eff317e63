"""Where a concern stands, as its customer reads it: states of the procedure, and money as the ledger booked it."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases.models import Case
from tantam.desk.claims.actions import file_claim, grant, pay
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock as clocks
from tantam.desk.procedures import actions
from tantam.desk.procedures.course import course_of, present_of
from tests.desk.portal.pages import Visitor, text
from tests.support.clock import StandingClock
from tests.support.desk import Staff, codes, concern, opened, purchase


@pytest.fixture
def money_back(hoa: Any, staff: Staff) -> Claim:
    """An unopened machine given back: granted by a colleague, carried out by the plan's own procedure."""
    bought = purchase(hoa, number="BX-2002", days_ago=3)
    told = {"fault": "none", "condition": "unopened"}
    return grant(
        file_claim(concern(hoa, purchase=bought, topic="return_goods", told=told), policy="refund"), staff.specialist
    )


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


def _course(case: Case) -> list[tuple[str, str]]:
    return [(each.code, each.state) for each in course_of([case], clocks.now(), "en")]


def _do(case: Case, staff: Staff, step: str) -> None:
    run = case.runs.order_by("-id")[0]
    number = next(each["number"] for each in run.tokens if each["path"][-1] == step)
    actions.do_step(case, staff.agent, number)


def test_states_are_now_then_done_with_their_day(money_back: Claim, staff: Staff, clock: StandingClock) -> None:
    case = money_back.case
    _do(case, staff, "look")
    assert _course(case) == [("collected", "now"), ("paid", "next")]
    clock.forward(minutes=90)
    _do(case, staff, "fetch")
    reached = course_of([case], clocks.now(), "en")[0]
    assert (reached.code, reached.state, reached.at) == ("collected", "done", clocks.now())


def test_paid_is_what_the_ledger_booked_with_amount_and_day(
    money_back: Claim, staff: Staff, clock: StandingClock
) -> None:
    case = money_back.case
    _do(case, staff, "look")
    _do(case, staff, "pay")  # ticked, yet nothing was booked
    assert ("paid", "next") in _course(case)
    clock.forward(minutes=90)
    pay(money_back.grants.get(), staff.agent)
    paid = next(each for each in course_of([case], clocks.now(), "en") if each.code == "paid")
    assert (paid.state, paid.at, paid.money and paid.money.minor) == ("done", clocks.now(), 8_990_000)


def test_booking_the_payment_does_the_step_that_reaches_it(money_back: Claim, staff: Staff) -> None:
    case = money_back.case
    _do(case, staff, "look")
    pay(money_back.grants.get(), staff.agent)
    assert "pay" not in [each["path"][-1] for each in case.runs.get().tokens]
    assert codes(case).count("step_done") == 2


def test_what_a_step_undone_reached_is_reached_no_longer(money_back: Claim, staff: Staff) -> None:
    case = money_back.case
    _do(case, staff, "look")
    _do(case, staff, "fetch")
    number = next(each["number"] for each in case.runs.get().taken if each["path"][-1] == "fetch")
    actions.go_back(case, staff.agent, number)
    assert ("collected", "now") in _course(case)


def test_a_procedure_for_staff_alone_shows_nothing_of_itself(hoa: Any, staff: Staff) -> None:
    case = opened(hoa)
    actions.begin(case, staff.agent, "renewal")
    assert _course(case) == []


def test_the_private_page_shows_it_in_the_customers_words(money_back: Claim, staff: Staff, visitor: Visitor) -> None:
    case = money_back.case
    _do(case, staff, "look")
    page = text(visitor.get(f"/c/{case.link_key}/"))
    assert "Where it stands" in page and "Collected from you This is under way now: Stores" in page
    assert "Paid 8,990,000" in page or "Paid ₫8,990,000" in page


def test_what_is_under_way_of_many_cases_is_one_query(
    money_back: Claim, hoa: Any, staff: Staff, django_assert_num_queries: Any
) -> None:
    _do(money_back.case, staff, "look")
    cases = [money_back.case, opened(hoa)]
    with django_assert_num_queries(1):
        found = present_of(cases, clocks.now(), "en")
    assert {key: each.code for key, each in found.items()} == {money_back.case_id: "collected"}
