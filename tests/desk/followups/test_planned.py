"""What is planned after something happened: once, by the plan, and for nobody who belongs to the house."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tantam.desk.cases.actions import reopen, resolve
from tantam.desk.common.models import DueWork
from tantam.desk.customers.actions import renew_contract
from tantam.desk.customers.models import Contract, Customer
from tantam.desk.followups.looking import look
from tantam.desk.followups.models import FollowUp
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.drafts import enacted


def planned() -> list[tuple[str, str]]:
    return list(FollowUp.objects.order_by("row", "subject").values_list("row", "subject"))


def test_purchase_is_followed_by_what_the_plan_says(hoa: Customer) -> None:
    bought = desk.purchase(hoa, days_ago=2)
    look({})
    (found,) = FollowUp.objects.all()
    assert (found.row, found.customer, found.purchase) == ("settle", hoa, bought)
    assert found.due_at == bought.handed_over_at + timedelta(days=7)
    (piece,) = DueWork.objects.filter(kind="do_follow_up")
    assert (piece.payload, piece.due_at) == ({"follow_up": found.pk}, found.due_at)


def test_looking_again_plans_nothing_twice(hoa: Customer) -> None:
    desk.purchase(hoa, days_ago=2)
    look({})
    look({})
    assert len(planned()) == DueWork.objects.filter(kind="do_follow_up").count() == 1


def test_what_is_long_past_is_not_asked_any_more(hoa: Customer) -> None:
    desk.purchase(hoa, days_ago=11)
    look({})
    assert planned() == []


def test_nobody_of_the_house_is_asked(plan: object) -> None:
    desk.purchase(desk.customer(internal=True), days_ago=2)
    look({})
    assert planned() == []


def test_settled_case_is_followed_once_however_often_it_is_settled(hoa: Customer, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    resolve(case, staff.agent)
    reopen(case)
    resolve(case, staff.agent)
    assert planned() == [("listen", f"case:{case.pk}")]


def test_planning_is_undone_with_the_action_that_set_it_off(hoa: Customer, staff: desk.Staff) -> None:
    from django.db import transaction

    case = desk.opened(hoa)
    with pytest.raises(RuntimeError), transaction.atomic():
        resolve(case, staff.agent)
        raise RuntimeError
    assert planned() == []
    assert not DueWork.objects.filter(kind="do_follow_up").exists()


ROWS = """\
  listen | resolved | - | 7 days | ask_if_all_is_well
  begun | contract_begins | - | 1 month | ask_if_all_is_well
  yearly | contract_year | - | 0 days | ask_if_all_is_well
  renew | contract_ends | - | 0 days | ask_if_all_is_well
  gone | contract_over | - | 2 days | ask_if_all_is_well
  quiet | silent | - | 1 day | ask_if_all_is_well
"""


@pytest.fixture
def more(staff: desk.Staff, plan: object) -> None:
    """The example's plan, which follows contracts and a long silence, too."""
    enacted(staff.manager, r"  listen \| resolved .*\n", ROWS)


def _contract(of: Customer, begins: date, ends: date | None = None, **more: object) -> Contract:
    return Contract.objects.create(number=f"HD-{begins}", customer=of, begins=begins, ends=ends, **more)


def test_contract_is_followed_as_it_begins_each_year_and_before_its_end(
    hoa: Customer, more: None, clock: StandingClock
) -> None:
    today = clock.instant.date()
    begun = _contract(hoa, today - timedelta(days=2))
    ending = _contract(hoa, today - timedelta(days=100), today + timedelta(days=42), notice_days=14)
    look({})
    assert set(planned()) == {
        ("begun", f"contract:{begun.pk}:{begun.begins}"),
        ("yearly", f"contract:{begun.pk}:{begun.begins}"),
        ("renew", f"contract:{ending.pk}:{today - timedelta(days=2)}"),
    }


def test_contract_that_is_over_is_asked_why_and_one_that_goes_on_is_not(
    hoa: Customer, more: None, clock: StandingClock
) -> None:
    today = clock.instant.date()
    over = _contract(hoa, today - timedelta(days=100), today - timedelta(days=2))
    _contract(hoa, today - timedelta(days=101), today - timedelta(days=2), renews_months=12)
    look({})
    assert planned() == [("gone", f"contract:{over.pk}:{today - timedelta(days=1)}")]


def test_year_that_began_on_the_29th_of_february_begins_on_the_28th(
    hoa: Customer, more: None, clock: StandingClock
) -> None:
    clock.set_to(clock.instant.replace(year=2027, month=3, day=1))
    made = _contract(hoa, date(2024, 2, 29))
    look({})
    assert planned() == [("yearly", f"contract:{made.pk}:2027-02-28")]


def test_long_silence_is_broken_once(hoa: Customer, more: None, clock: StandingClock) -> None:
    desk.purchase(hoa, days_ago=91)
    look({})
    clock.forward(days=1)
    look({})
    ((row, _),) = planned()
    assert row == "quiet"


def test_who_wrote_lately_is_not_silent(hoa: Customer, more: None) -> None:
    desk.purchase(hoa, days_ago=91)
    desk.opened(hoa)
    look({})
    assert planned() == []


def test_contract_that_went_on_after_they_were_asked_counts_as_renewed(
    hoa: Customer, more: None, clock: StandingClock
) -> None:
    today = clock.instant.date()
    ending = _contract(hoa, today - timedelta(days=340), today + timedelta(days=28), renews_months=12)
    look({})
    FollowUp.objects.filter(event="contract_ends").update(state=FollowUp.State.SENT, done_at=clock.instant)
    assert FollowUp.objects.filter(event="contract_ends").count() == 1
    look({})
    assert not FollowUp.objects.filter(result=FollowUp.Result.RENEWED).exists()
    clock.forward(days=29)
    assert renew_contract(ending.pk) == 1
    look({})
    assert FollowUp.objects.get(event="contract_ends").result == FollowUp.Result.RENEWED
