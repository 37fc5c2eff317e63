"""A day of delivery is a promise: broken once when it is over, told on a case of the purchase, moved with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tantam.desk.cases.models import Case, CaseEvent, Message
from tantam.desk.claims.covers import things_of
from tantam.desk.common import clock as times
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Customer, Delivery
from tantam.desk.deliveries.actions import call_off_delivery, move_delivery, note_delivered, promise_delivery
from tantam.desk.deliveries.holding import DUE
from tantam.desk.deliveries.lateness import break_delivery
from tantam.desk.plans import RunningPlan
from tests.desk.cases.test_quiet_hours import let_people_sleep
from tests.support import desk
from tests.support.clock import StandingClock

State = Delivery.State


def _day(plan: RunningPlan, days: int) -> str:
    today: date = times.now().astimezone(ZoneInfo(plan.timezone)).date()
    return (today + timedelta(days=days)).isoformat()


@pytest.fixture
def owed(hoa: Customer, staff: desk.Staff, plan: RunningPlan) -> Delivery:
    """What hoa bought is to arrive in two days."""
    bought = desk.purchase(hoa)
    bought.handed_over_at = None
    bought.save(update_fields=["handed_over_at"])
    return promise_delivery(hoa, staff.agent, purchase=bought.pk, day=_day(plan, 2))


def _run() -> None:
    while work.run_due():
        pass


def _late_events() -> int:
    return CaseEvent.objects.filter(code="delivery_late").count()


def test_day_lasts_until_its_end_in_the_companys_zone(owed: Delivery, plan: RunningPlan) -> None:
    there = owed.due_at.astimezone(ZoneInfo(plan.timezone))
    assert (there.date().isoformat(), there.hour, there.minute) == (_day(plan, 2), 23, 59)
    assert list(DueWork.objects.filter(kind=DUE).values_list("due_at", flat=True)) == [owed.due_at]


def test_late_one_is_broken_and_told_once_on_a_case_of_the_purchase(owed: Delivery, clock: StandingClock) -> None:
    _run()
    assert _late_events() == 0
    clock.set_to(owed.due_at + timedelta(minutes=1))
    _run()
    owed.refresh_from_db()
    assert owed.state == State.BROKEN and owed.told_at is not None
    assert not break_delivery(owed.pk), "what is done twice happens once"
    case = Case.objects.get()
    assert (case.purchase_id, case.status, _late_events()) == (owed.purchase_id, Case.Status.OPEN, 1)
    assert case.messages.exclude(sent_to="").count() == 1


def test_one_that_arrived_in_time_is_kept_and_nobody_is_told(
    hoa: Customer, owed: Delivery, staff: desk.Staff, clock: StandingClock
) -> None:
    clock.forward(days=1)
    assert note_delivered(hoa, staff.agent, delivery=owed.pk).state == State.KEPT
    clock.forward(days=5)
    assert not break_delivery(owed.pk) and not Case.objects.exists()
    with pytest.raises(Refused, match="delivery_ended"):
        note_delivered(hoa, staff.agent, delivery=owed.pk)


def test_late_one_that_arrives_stays_broken(
    hoa: Customer, owed: Delivery, staff: desk.Staff, plan: RunningPlan, clock: StandingClock
) -> None:
    clock.forward(days=4)
    break_delivery(owed.pk)
    assert note_delivered(hoa, staff.agent, delivery=owed.pk, day=_day(plan, -3)).state == State.BROKEN


def test_moved_one_is_told_with_its_reason_and_late_by_its_new_day_alone(
    hoa: Customer, owed: Delivery, staff: desk.Staff, plan: RunningPlan, clock: StandingClock
) -> None:
    moved = move_delivery(hoa, staff.agent, delivery=owed.pk, day=_day(plan, 5), reason="Storm at sea")
    again = move_delivery(hoa, staff.agent, delivery=owed.pk, day=_day(plan, 5), reason="Storm at sea")
    assert (moved.moved, again.moved, moved.state) == (1, 1, State.OWED)
    event = CaseEvent.objects.get(code="delivery_moved")
    assert event.person == staff.agent
    letters = list(event.case.messages.exclude(sent_to="").values_list("body", flat=True))
    assert len(letters) == 1 and "Storm at sea" in letters[0]
    clock.forward(days=3)
    assert not break_delivery(owed.pk)
    clock.forward(days=3)
    assert break_delivery(owed.pk)
    assert Case.objects.count() == 1, "it goes on in the case that is under way"


def test_late_one_with_another_day_is_late_again_once_that_is_over(
    hoa: Customer, owed: Delivery, staff: desk.Staff, plan: RunningPlan, clock: StandingClock
) -> None:
    clock.forward(days=4)
    assert break_delivery(owed.pk)
    moved = move_delivery(hoa, staff.agent, delivery=owed.pk, day=_day(plan, 2), reason="Lost on the way")
    assert moved.state == State.BROKEN and not break_delivery(owed.pk)
    clock.forward(days=4)
    assert break_delivery(owed.pk) and not break_delivery(owed.pk)


def test_one_that_was_called_off_is_told_and_never_late(
    hoa: Customer, owed: Delivery, staff: desk.Staff, clock: StandingClock
) -> None:
    assert call_off_delivery(hoa, staff.agent, delivery=owed.pk, reason="Sold out").state == State.WITHDRAWN
    assert "Sold out" in Message.objects.exclude(sent_to="").get().body
    clock.forward(days=4)
    assert not break_delivery(owed.pk)


def test_quiet_hours_keep_the_letter_until_the_customers_morning(
    owed: Delivery, staff: desk.Staff, clock: StandingClock
) -> None:
    let_people_sleep(staff.manager)
    clock.set_to(owed.due_at + timedelta(minutes=1))
    break_delivery(owed.pk)
    assert (waits := Message.objects.exclude(sent_to="").get().goes_at) is not None and waits > times.now()


def test_same_day_again_is_one_delivery_and_another_is_refused(
    hoa: Customer, owed: Delivery, staff: desk.Staff, plan: RunningPlan
) -> None:
    same = promise_delivery(hoa, staff.agent, purchase=owed.purchase_id, day=_day(plan, 2))
    assert (same.pk, Delivery.objects.count()) == (owed.pk, 1)
    with pytest.raises(Refused, match="delivery_known"):
        promise_delivery(hoa, staff.agent, purchase=owed.purchase_id, day=_day(plan, 3))
    promise_delivery(hoa, staff.agent, purchase=owed.purchase_id, day=_day(plan, 3), number="2")


@pytest.mark.parametrize(("day", "code"), [("2026-02-30", "bad_day"), ("2020-01-01", "day_is_past"), ("", "bad_day")])
def test_day_that_is_none_or_over_is_refused(hoa: Customer, staff: desk.Staff, plan: Any, day: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        promise_delivery(hoa, staff.agent, purchase=desk.purchase(hoa).pk, day=day)


def test_outsider_and_another_customers_delivery_are_refused(
    hoa: Customer, owed: Delivery, staff: desk.Staff, plan: RunningPlan
) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        move_delivery(hoa, staff.outsider, delivery=owed.pk, day=_day(plan, 5), reason="x")
    nam = desk.customer("Trần Văn Nam", mail="")
    with pytest.raises(Refused, match="no_such_delivery"):
        note_delivered(nam, staff.agent, delivery=owed.pk)
    with pytest.raises(Refused, match="needs_reason"):
        move_delivery(hoa, staff.agent, delivery=owed.pk, day=_day(plan, 5), reason=" ")


def test_customer_reads_that_it_is_late(hoa: Customer, owed: Delivery, plan: RunningPlan, clock: StandingClock) -> None:
    assert [each.late for each in things_of([hoa], plan, times.now(), lang="en")] == [False]
    clock.forward(days=4)
    break_delivery(owed.pk)
    assert [(each.late, each.due) for each in things_of([hoa], plan, times.now(), lang="en")] == [(True, owed.due_at)]


def test_page_promises_moves_and_keeps_what_was_typed(
    client: Client, hoa: Customer, staff: desk.Staff, plan: RunningPlan
) -> None:
    client.force_login(staff.agent)
    path, bought = f"/desk/customers/{hoa.pk}/deliveries/", desk.purchase(hoa)
    assert client.post(path, {"purchase": bought.pk, "day": _day(plan, 2), "number": ""}).status_code == 302
    made = Delivery.objects.get()
    shown = client.get(f"/desk/customers/{hoa.pk}/").content.decode()
    assert f'name="delivery" value="{made.pk}"' in shown
    wrong = client.post(path, {"do": "move", "delivery": made.pk, "day": _day(plan, 4), "reason": ""})
    assert wrong.status_code == 422 and f'value="{_day(plan, 4)}"' in wrong.content.decode()
    right = {"do": "move", "delivery": made.pk, "day": _day(plan, 4), "reason": "Storm"}
    assert client.post(path, right).status_code == 302
    assert client.post(path, {"do": "arrived", "delivery": made.pk, "day": ""}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.moved) == (State.KEPT, 1)
