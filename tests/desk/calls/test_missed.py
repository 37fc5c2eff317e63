"""A missed call becomes one call back to its number, by the plan, kept by whoever reaches the other first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from tantam.desk import plans
from tantam.desk.calls import callers
from tantam.desk.calls.actions import Told, What, note_call
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common import clock as desk_clock
from tantam.desk.common import work
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.customers.zones import zone_of
from tantam.desk.plans import RunningPlan, kinds
from tantam.desk.plans.actions import enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.desk import Staff
from tests.support.drafts import files, packed
from tests.support.phone import NUMBER

OPEN = timedelta(hours=2)  # as documented, on the telephone's hours
Tell = Callable[..., Case | None]


@pytest.fixture
def tell(plan: RunningPlan) -> Tell:
    """Tell the desk of a call that came in."""

    def told(what: What, call: str = "c1", *, number: str = NUMBER, ago: float = 0) -> Case | None:
        at = desk_clock.now() - timedelta(minutes=ago)
        return note_call(Told(name=call, what=what, at=at, incoming=True, number=number), plan)

    return told


def _with_phone(customer: Customer, number: str = NUMBER) -> Customer:
    Contact.objects.create(customer=customer, kind=Contact.Kind.PHONE, value=number)
    return customer


def test_a_stranger_who_was_missed_is_promised_a_call_within_two_open_hours(tell: Tell, clock: StandingClock) -> None:
    case = tell(What.MISSED)
    back = Callback.objects.get()
    assert case and case.channel == "phone" and case.customer.contacts.get().value == NUMBER
    assert back.promise.case == case and back.promise.due_at == clock.instant + OPEN
    assert (back.promise.state, back.promise.by_hand, back.promise.clock) == ("owed", False, "hotline")
    assert desk.codes(case).count("call_missed") == 1


def test_outside_hours_it_counts_from_when_the_telephone_is_answered_again(tell: Tell, clock: StandingClock) -> None:
    clock.set_to(datetime(2026, 3, 4, 16, 0, tzinfo=UTC))  # Wednesday, 23:00 in Vietnam; open until 22:00, from 7:00
    case = tell(What.MISSED)
    assert Callback.objects.get().promise.due_at == datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
    assert Call.objects.get().outside
    assert case and case.events.get(code="call_missed").args["outside"] == 1


def test_however_often_they_call_they_are_owed_one_call(tell: Tell, clock: StandingClock) -> None:
    due = None
    for times in range(4):
        tell(What.MISSED, f"c{times}")
        due = due or Callback.objects.get().promise.due_at
        clock.forward(minutes=7)
    back = Callback.objects.get()
    assert (back.calls, back.last_at, back.promise.due_at) == (4, clock.instant - timedelta(minutes=7), due)
    assert Case.objects.count() == 1
    assert list(
        Case.objects.get().events.filter(code="call_missed").order_by("at").values_list("args__times", flat=True)
    ) == [
        1,
        2,
        3,
        4,
    ]


def test_a_number_that_was_withheld_is_counted_and_owed_nothing(tell: Tell) -> None:
    assert tell(What.MISSED, number="") is None
    assert Call.objects.get().number == "" and not Case.objects.exists()


def test_whoever_reaches_us_meanwhile_keeps_it(tell: Tell, clock: StandingClock) -> None:
    case = tell(What.MISSED)
    clock.forward(minutes=20)
    assert case and tell(What.ANSWERED, "c2") == case
    assert Callback.objects.get().promise.state == Promise.State.KEPT
    assert desk.owed(case, "first_reply").state == Promise.State.KEPT
    tell(What.MISSED, "c3", ago=30)  # came before they reached us, told late
    assert Callback.objects.count() == 1
    clock.forward(minutes=5)
    tell(What.MISSED, "c4")
    assert Callback.objects.count() == 2


def test_the_only_case_under_way_of_its_customer_is_what_it_is_about(tell: Tell, hoa: Customer) -> None:
    case = desk.opened(_with_phone(hoa))
    assert tell(What.MISSED) == case
    assert Callback.objects.get().promise.case == case


def test_who_has_two_cases_gets_a_third_for_nobody_can_know(tell: Tell, hoa: Customer) -> None:
    known = {desk.opened(_with_phone(hoa)), desk.opened(hoa)}
    case = tell(What.MISSED)
    assert case and case not in known and case.customer == hoa


def test_a_number_of_several_is_the_first_ones_and_tells_none_of_them(tell: Tell, hoa: Customer) -> None:
    other = _with_phone(desk.customer("Trần Văn Ba", "ba@example.com"))
    desk.opened(_with_phone(hoa))
    case = tell(What.MISSED)
    assert case and case.customer == hoa
    assert callers.customers_of(NUMBER) == [hoa, other]
    assert not case.messages.filter(direction="outgoing").exists()


def test_who_has_a_mail_address_is_told_by_when(tell: Tell, hoa: Customer) -> None:
    case = tell(What.MISSED) if _with_phone(hoa) else None
    assert case and "12:00" in case.messages.get(direction="outgoing").body


@pytest.mark.parametrize("about", ["a new case", "one under way"])
def test_a_promise_of_the_plan_counts_before_the_rule(
    staff: Staff, hoa: Customer, clock: StandingClock, about: str
) -> None:
    row = "    reply_critical      | first_reply |"
    soon = "    ring_back           | callback    | -        | -                     |  20 min              | hotline\n"
    changed = files(plan=(row, soon + row))
    enact(plan_of(*sources_of(Brought("plan.zip", packed(changed)))), person=staff.manager)
    if about == "one under way":
        desk.opened(_with_phone(hoa), channel="mail").promises.all().delete()
    note_call(Told(name="c1", what=What.MISSED, at=clock.instant, incoming=True, number=NUMBER), plans.in_force())
    promise = Callback.objects.get().promise
    assert (promise.kind, promise.clause) == ("callback", "promises#ring_back")
    assert promise.due_at == clock.instant + timedelta(minutes=20)
    assert promise.case.promises.filter(kind__in=kinds.CALL_BACKS).count() == 1


@pytest.mark.parametrize("order", list(permutations([What.RINGING, What.ANSWERED, What.ENDED])))
def test_in_whatever_order_it_is_told_an_answered_call_is_owed_nothing(
    tell: Tell, clock: StandingClock, order: tuple[What, ...]
) -> None:
    for each in order:
        tell(each)
        tell(each)
    clock.forward(seconds=11)
    work.run_due()
    call = Call.objects.get()
    assert call.rang_at and call.answered_at and call.ended_at and not call.missed_at
    assert not Callback.objects.exists()


def test_a_call_that_ended_and_nobody_answered_was_missed(tell: Tell, clock: StandingClock) -> None:
    tell(What.RINGING)
    tell(What.ENDED)
    assert not Callback.objects.exists()
    clock.forward(seconds=11)
    work.run_due()
    assert Callback.objects.get().calls == 1
    tell(What.MISSED)  # told late
    assert Callback.objects.get().calls == 1


def test_a_call_that_was_told_missed_and_then_answered_is_kept(tell: Tell) -> None:
    tell(What.MISSED)
    tell(What.ANSWERED)
    assert Callback.objects.get().promise.state == Promise.State.KEPT


def test_a_clock_that_is_far_ahead_is_not_believed(tell: Tell, clock: StandingClock) -> None:
    tell(What.MISSED, ago=-600)
    assert Call.objects.get().at == clock.instant + timedelta(minutes=5)


@pytest.mark.parametrize(
    "number, told, zone",
    [
        ("+84912345678", "", "Asia/Ho_Chi_Minh"),
        ("+12125550123", "", "America/New_York"),
        ("+12125550123", "Europe/Berlin", "Europe/Berlin"),
        ("+61412345678", "", None),
        ("+61412345678", "Mars/Base", None),
        ("", "", None),
    ],
)
def test_their_zone_is_as_they_told_else_that_of_their_number(
    hoa: Customer, number: str, told: str, zone: str | None
) -> None:
    hoa.timezone = told
    found = zone_of(hoa, number)
    assert (found.key if found else None) == zone


@pytest.mark.parametrize(
    "written, there",
    [
        ("2026-03-28T10:00", "2026-03-28T09:00"),  # the day before clocks go forward in Berlin
        ("2026-03-29T10:00", "2026-03-29T08:00"),
        ("2026-03-29T02:30", "2026-03-29T01:30"),  # left out there: the hour after it
        ("2026-10-25T02:30", "2026-10-25T00:30"),  # comes twice: the first
        ("2026-10-26T10:00", "2026-10-26T09:00"),
    ],
)
def test_at_ten_their_time_is_ten_on_their_clocks(written: str, there: str) -> None:
    from zoneinfo import ZoneInfo

    moment = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    found = callers.at_wall_clock(moment, ZoneInfo("Europe/Berlin"))
    assert found.astimezone(UTC).isoformat()[:16] == there
