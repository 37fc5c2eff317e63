"""Who is owed a call is called by one colleague at a time, and what came of it stands on the case and in the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tantam.desk.calls import access
from tantam.desk.calls.actions import What, claim_call, drop_call, leave_call, note_call, reach, try_again
from tantam.desk.calls.actions.note_call import Told
from tantam.desk.calls.claims import LEASE
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases import actions, vows
from tantam.desk.cases.models import Case, Message, Promise
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.plans import RunningPlan
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.desk import Staff
from tests.support.phone import NUMBER
from tests.support.together import together


@pytest.fixture
def missed(plan: RunningPlan, clock: StandingClock, hoa: Customer) -> Promise:
    """Hoa called, and nobody answered."""
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=NUMBER)
    note_call(Told(name="c1", what=What.MISSED, at=clock.instant, incoming=True, number=NUMBER), plan)
    return Callback.objects.get().promise


def _asked_to_be_called(of: Customer, staff: Staff, clock: StandingClock) -> Promise:
    case = desk.opened(of)
    vow = vows.Vow(words="Gọi lại lúc mười giờ", due=clock.instant + timedelta(hours=1), kind=vows.CALL)
    return actions.promise(case, staff.agent, vow)


def test_reached_it_is_kept_and_what_was_said_stands_on_the_case(missed: Promise, staff: Staff) -> None:
    message = reach(missed, staff.agent, "Thợ đến sáng mai.", timedelta(minutes=4))
    missed.refresh_from_db()
    case = Case.objects.get()
    assert missed.state == desk.owed(case, "first_reply").state == Promise.State.KEPT
    assert (message.direction, message.channel, message.author) == ("outgoing", "phone", staff.agent)
    assert case.owner == staff.agent
    assert case.events.get(code="called").args["seconds"] == 240
    assert Call.objects.get(direction="out").length == timedelta(minutes=4)
    assert not access.to_call(staff.agent)
    with pytest.raises(Refused, match="promise_ended"):
        reach(missed, staff.agent, "Lần nữa.")


def test_not_reached_in_time_it_is_promised_again_and_was_not_broken(
    missed: Promise, staff: Staff, clock: StandingClock
) -> None:
    clock.forward(minutes=30)
    again = try_again(missed, staff.agent)
    missed.refresh_from_db()
    back = Callback.objects.get()
    assert missed.state == Promise.State.WITHDRAWN
    assert (again.due_at, again.by_hand, again.kind) == (clock.instant + timedelta(hours=1), True, vows.CALL)
    assert (back.promise, back.tries, back.calls, back.tried_at) == (again, 1, 1, clock.instant)
    assert "không gặp" in Message.objects.order_by("id").last().body
    assert list(access.to_call(staff.agent)) == [again]


def test_not_reached_too_late_it_stays_broken(missed: Promise, staff: Staff, clock: StandingClock) -> None:
    clock.forward(hours=3)
    again = try_again(missed, staff.agent, clock.instant + timedelta(hours=5))
    missed.refresh_from_db()
    assert missed.state == Promise.State.BROKEN and not missed.still_to_keep
    assert again.due_at == clock.instant + timedelta(hours=5)


def test_whoever_is_tried_in_vain_and_calls_keeps_what_was_promised_again(
    missed: Promise, staff: Staff, plan: RunningPlan, clock: StandingClock
) -> None:
    again = try_again(missed, staff.agent)
    clock.forward(minutes=1)
    note_call(Told(name="c2", what=What.ANSWERED, at=clock.instant, incoming=True, number=NUMBER), plan)
    again.refresh_from_db()
    assert again.state == Promise.State.KEPT


@pytest.mark.parametrize("reason", ["wrong_number", "not_needed"])
def test_what_nobody_needs_is_owed_no_longer(missed: Promise, staff: Staff, reason: str) -> None:
    case = drop_call(missed, staff.agent, reason)
    missed.refresh_from_db()
    assert missed.state == Promise.State.WITHDRAWN
    assert case.events.get(code="call_dropped").args["reason"] == reason
    with pytest.raises(Refused, match="unknown_reason"):
        drop_call(missed, staff.agent, "bored")


def test_a_customer_is_called_by_one_colleague_at_a_time(
    missed: Promise, hoa: Customer, staff: Staff, clock: StandingClock
) -> None:
    other = _asked_to_be_called(hoa, staff, clock)
    claim_call(missed, staff.agent)
    claim_call(missed, staff.agent)
    for each in (missed, other):
        with pytest.raises(Refused, match="being_called"):
            claim_call(each, staff.colleague)
    with pytest.raises(Refused, match="being_called"):
        reach(missed, staff.colleague, "Alo")
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert claim_call(missed, staff.colleague).claimed_by == staff.colleague


def test_whoever_takes_another_lets_the_first_go(
    missed: Promise, staff: Staff, plan: RunningPlan, clock: StandingClock
) -> None:
    other = _asked_to_be_called(desk.customer("Ba", "ba@example.com"), staff, clock)
    claim_call(missed, staff.agent)
    claim_call(other, staff.agent)
    assert claim_call(missed, staff.colleague)
    leave_call(staff.agent)
    assert claim_call(other, staff.specialist)


def test_who_does_not_work_here_calls_nobody(missed: Promise, staff: Staff) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        claim_call(missed, staff.outsider)
    assert not access.to_call(staff.outsider)


def test_who_asked_to_be_called_stands_in_the_list_with_the_others(
    missed: Promise, hoa: Customer, staff: Staff, clock: StandingClock
) -> None:
    asked = _asked_to_be_called(hoa, staff, clock)
    assert list(access.to_call(staff.agent)) == [asked, missed]
    assert claim_call(asked, staff.agent).number == NUMBER


def test_the_list_asks_the_same_few_queries_however_long_it_is(
    missed: Promise, staff: Staff, clock: StandingClock, django_assert_num_queries: object
) -> None:
    for each in range(3):
        _asked_to_be_called(desk.customer(f"Khách {each}", f"k{each}@example.com"), staff, clock)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert [access.known_of(each) and each.case.customer.contacts.all()[0] for each in access.to_call(staff.agent)]


def test_of_a_number_that_several_have_all_are_named(missed: Promise, hoa: Customer, staff: Staff) -> None:
    assert access.also_reached_by([NUMBER], staff.agent) == {}
    Contact.objects.create(customer=desk.customer("Ba", ""), kind=Contact.Kind.PHONE, value=NUMBER)
    assert access.also_reached_by([NUMBER], staff.agent) == {NUMBER: [hoa.name, "Ba"]}


@pytest.mark.django_db(transaction=True)
def test_one_takes_a_call_while_another_reports_on_it_and_neither_fails() -> None:
    desk.put_in_force()
    staff, hoa, due = desk.hire(), desk.customer(), timedelta(hours=1)
    for each in range(4):
        vow = vows.Vow(words=f"Gọi lại {each}", due=clock.now() + due, kind=vows.CALL)
        asked = actions.promise(desk.opened(hoa), staff.agent, vow)
        done = together(
            lambda asked=asked: claim_call(asked, staff.agent),
            lambda asked=asked: try_again(asked, staff.colleague, clock.now() + due),
        )
        failed = [each for each in done if isinstance(each, BaseException)]
        assert all(isinstance(each, Refused) for each in failed) and len(failed) < 2
        leave_call(staff.agent)
