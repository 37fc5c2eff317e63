"""The calls that are owed stand in a list, the first due first, each with what to know and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.calls.actions import Told, What, claim_call, note_call
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases.models import Case, Promise
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.plans import RunningPlan
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.desk import Staff
from tests.support.phone import NUMBER

NEW_YORK = "+12125550123"
TOO_LATE = "The technician will come to you on 4 March 2028 at 09:30"  # it ends after what is near enough


@pytest.fixture
def missed(plan: RunningPlan, clock: StandingClock, hoa: Customer) -> Promise:
    """Hoa called twice, and nobody answered."""
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=NUMBER)
    for call in ("c1", "c2"):
        _miss(call, NUMBER, clock, plan)
    return Callback.objects.get().promise


def _miss(call: str, number: str, clock: StandingClock, plan: RunningPlan) -> None:
    note_call(Told(name=call, what=What.MISSED, at=clock.instant, incoming=True, number=number), plan)


def _text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_list_says_who_how_often_and_by_when(agent: Client, missed: Promise) -> None:
    shown = _text(agent, "/desk/calls/")
    assert "Nguyễn Thị Hoa" in shown and NUMBER in shown and "called 2 times" in shown
    assert f'action="/desk/calls/{missed.pk}/take/"' in shown


def test_with_nobody_to_call_it_says_what_comes_here(agent: Client, plan: RunningPlan) -> None:
    assert "Nobody waits for a call" in _text(agent, "/desk/calls/")


def test_of_a_number_that_several_have_it_is_asked_who_speaks(agent: Client, missed: Promise) -> None:
    Contact.objects.create(customer=desk.customer("Trần Ba", ""), kind=Contact.Kind.PHONE, value=NUMBER)
    assert "ask who is speaking: Nguyễn Thị Hoa, Trần Ba" in _text(agent, "/desk/calls/")


def test_whom_a_colleague_calls_nobody_else_can_take(
    agent: Client, missed: Promise, staff: Staff, sign_in: Callable[[Person], Client]
) -> None:
    answer = agent.post(f"/desk/calls/{missed.pk}/take/")
    assert answer.headers["Location"] == f"/desk/calls/{missed.pk}/"
    assert "You are calling Nguyễn Thị Hoa" in _text(agent, "/desk/calls/")
    other = sign_in(staff.colleague)
    assert "Mai is calling" in _text(other, "/desk/calls/")
    assert "Mai is calling them just now" in other.post(f"/desk/calls/{missed.pk}/take/").content.decode()
    agent.post("/desk/calls/leave/")
    assert other.post(f"/desk/calls/{missed.pk}/take/").status_code == 302


def test_the_page_of_a_call_shows_how_to_care_and_whom_to_call(agent: Client, missed: Promise, hoa: Customer) -> None:
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1950)
    shown = _text(agent, f"/desk/calls/{missed.pk}/")
    assert f'href="tel:{NUMBER}"' in shown and "Call, do not write." in shown


def test_reached_with_a_promise_both_stand_on_the_case(agent: Client, missed: Promise, clock: StandingClock) -> None:
    said = {"words": "Thợ đến.", "minutes": "3", "promise": "I'll call you tomorrow at ten"}
    answer = agent.post(f"/desk/calls/{missed.pk}/reached/", said, follow=True)
    case, made = Case.objects.get(), Promise.objects.get(by_hand=True)
    assert "Noted on the case. Promised" in answer.content.decode()
    assert case.messages.filter(channel="phone", direction="outgoing").get().body == "Thợ đến."
    assert (made.kind, made.due_at) == ("call_back", datetime(2026, 3, 5, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": "Alo", "promise": "whenever the wind turns"},
        {"words": "Alo", "promise": TOO_LATE},
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(
    agent: Client, missed: Promise, wrong: dict[str, str]
) -> None:
    answer = agent.post(f"/desk/calls/{missed.pk}/reached/", wrong)
    assert answer.status_code == 409 and wrong["words"] in answer.content.decode()
    missed.refresh_from_db()
    assert missed.state == Promise.State.OWED
    assert not Case.objects.get().messages.filter(direction="outgoing", channel="phone").exists()


def test_not_reached_is_tried_again_at_ten_on_their_clocks(
    agent: Client, plan: RunningPlan, clock: StandingClock
) -> None:
    _miss("c1", NEW_YORK, clock, plan)  # 10:00 in Vietnam is 22:00 of the day before in New York
    promise = Callback.objects.get().promise
    assert "22:00 there" in _text(agent, "/desk/calls/")
    agent.post(f"/desk/calls/{promise.pk}/not-reached/", {"again": "tomorrow at 10:00", "theirs": "yes"})
    made = Promise.objects.get(by_hand=True)
    assert made.due_at == datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
    agent.post(f"/desk/calls/{made.pk}/not-reached/", {"again": "tomorrow at 10:00"})
    assert Promise.objects.filter(by_hand=True, state="owed").get().due_at == datetime(2026, 3, 5, 3, 0, tzinfo=UTC)


def test_at_ten_their_time_holds_over_the_change_of_clocks(
    agent: Client, plan: RunningPlan, clock: StandingClock
) -> None:
    clock.set_to(datetime(2026, 3, 7, 13, 0, tzinfo=UTC))  # Saturday; New York's clocks go forward on Sunday at two
    _miss("c1", NEW_YORK, clock, plan)
    promise = Callback.objects.get().promise
    agent.post(f"/desk/calls/{promise.pk}/not-reached/", {"again": "tomorrow at 10:00", "theirs": "yes"})
    assert Promise.objects.get(by_hand=True).due_at == datetime(2026, 3, 8, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("reason, status", [("wrong_number", 302), ("not_needed", 302), ("bored", 409)])
def test_no_call_is_owed_where_none_is_needed(agent: Client, missed: Promise, reason: str, status: int) -> None:
    assert agent.post(f"/desk/calls/{missed.pk}/dropped/", {"reason": reason}).status_code == status
    missed.refresh_from_db()
    assert (missed.state == Promise.State.WITHDRAWN) is (status == 302)


def test_the_list_asks_as_many_queries_for_many_as_for_few(
    agent: Client,
    staff: Staff,
    plan: RunningPlan,
    clock: StandingClock,
    connection_queries: Callable[[Callable[[], object]], int],
) -> None:
    def shown() -> int:
        return connection_queries(lambda: agent.get("/desk/calls/"))

    _miss("c0", "+84912000000", clock, plan)
    agent.get("/desk/calls/")
    few = shown()
    for each in range(1, 6):
        _miss(f"c{each}", f"+8491200000{each}", clock, plan)
        clock.forward(minutes=1)
    claim_call(Callback.objects.first().promise, staff.colleague)  # type: ignore[union-attr]
    agent.get("/desk/calls/")  # notes that they are there
    assert shown() == few
    assert few <= 10


def test_a_call_that_has_ended_says_so(agent: Client, missed: Promise, clock: StandingClock, plan: RunningPlan) -> None:
    note_call(Told(name="c3", what=What.ANSWERED, at=clock.instant, incoming=True, number=NUMBER), plan)
    assert "This call is owed no longer" in _text(agent, f"/desk/calls/{missed.pk}/")
    assert agent.post(f"/desk/calls/{missed.pk}/take/").status_code == 409


def test_who_only_sees_cases_of_their_own_house_calls_nobody_else(outsider: Client, missed: Promise) -> None:
    assert outsider.get("/desk/calls/").status_code == 404
    assert outsider.get(f"/desk/calls/{missed.pk}/").status_code == 404


@pytest.fixture
def carrier(missed: Promise, sign_in: Callable[[Person], Client]) -> Client:
    """Somebody of another house, which has Hoa's case."""
    Case.objects.update(provider="carriers")
    made = Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers", extension="12")
    return sign_in(made)


def test_a_provider_is_told_of_nobody_elses_customers_by_their_number(carrier: Client, missed: Promise) -> None:
    for name in ("Trần Ba", "Lê Tư"):
        Contact.objects.create(customer=desk.customer(name, ""), kind=Contact.Kind.PHONE, value=NUMBER)
    shown = _text(carrier, "/desk/calls/")
    assert NUMBER in shown and "Trần Ba" not in shown and "Lê Tư" not in shown


def test_a_provider_is_shown_who_calls_only_if_that_is_their_customer(
    carrier: Client, plan: RunningPlan, clock: StandingClock
) -> None:
    for call, number in (("r1", NUMBER), ("r2", NEW_YORK)):
        told = Told(name=call, what=What.RINGING, at=clock.instant, incoming=True, number=number, extension="12")
        note_call(told, plan)
        clock.forward(seconds=10)
        shown = _text(carrier, "/desk/calls/ringing/")
        assert ("Nguyễn Thị Hoa" in shown) and NEW_YORK not in shown


def test_in_an_hour_where_nobody_asks_for_another_time(agent: Client, missed: Promise, clock: StandingClock) -> None:
    agent.post(f"/desk/calls/{missed.pk}/not-reached/", {"again": ""})
    assert Promise.objects.get(by_hand=True).due_at == clock.instant + timedelta(hours=1)


def test_the_inbox_says_how_many_wait_for_a_call(agent: Client, missed: Promise) -> None:
    assert 'href="/desk/calls/"' in _text(agent, "/desk/").partition("<main")[2]


def test_whose_telephone_rings_is_shown_who_calls_and_what_about(
    agent: Client,
    staff: Staff,
    hoa: Customer,
    plan: RunningPlan,
    clock: StandingClock,
    sign_in: Callable[[Person], Client],
) -> None:
    case = desk.opened(hoa, subject="Máy giặt kêu to")
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=NUMBER)
    agent.post("/desk/calls/extension/", {"extension": " 12 "})
    other = sign_in(staff.colleague)
    other.post("/desk/calls/extension/", {"extension": "13"})
    assert 'hx-get="/desk/calls/ringing/"' in _text(agent, "/desk/")

    def ring(what: What, extension: str, number: str = NUMBER) -> None:
        note_call(Told(name="r1", what=what, at=clock.instant, incoming=True, number=number, extension=extension), plan)

    assert "Nguyễn Thị Hoa" not in _text(agent, "/desk/calls/ringing/")
    ring(What.RINGING, "12")
    ring(What.RINGING, "13")
    for browser in (agent, other):
        shown = _text(browser, "/desk/calls/ringing/")
        assert "Nguyễn Thị Hoa" in shown and f"/desk/cases/{case.pk}/" in shown
    assert agent.get("/desk/calls/ringing/", {"shown": Call.objects.get().pk}).status_code == 204
    ring(What.ANSWERED, "13")
    assert "Nguyễn Thị Hoa" not in _text(agent, "/desk/calls/ringing/")
    assert "Nguyễn Thị Hoa" in _text(other, "/desk/calls/ringing/")
    ring(What.ENDED, "")
    assert "Nguyễn Thị Hoa" not in _text(other, "/desk/calls/ringing/")


def test_a_telephone_that_rings_costs_few_queries(
    agent: Client, staff: Staff, plan: RunningPlan, connection_queries: Callable[[Callable[[], object]], int]
) -> None:
    assert connection_queries(lambda: agent.get("/desk/calls/ringing/")) <= 4
    Person.objects.filter(pk=staff.agent.pk).update(extension="12")
    agent.get("/desk/calls/ringing/")
    assert connection_queries(lambda: agent.get("/desk/calls/ringing/")) <= 4
