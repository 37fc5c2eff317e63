"""Nobody is written to unasked at night, by the clocks where they live; what answers them, and what is urgent, goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.cases import keeping, outbox
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions import receive, reply, send, take_back
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Actor, Case, Draft, Message, Promise
from tantam.desk.channels.email.line import ServerAway
from tantam.desk.common import work
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Contact
from tantam.desk.plans.actions import enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.drafts import files, packed

NIGHT = 'hours:\n  night: {mon-sun: "21:00-07:00"}\n'
QUIET = "courtesy:\n  quiet: {hours: night, but: [serious], awake: 2 h}\n"
AWAKE = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)  # 20:30 in Berlin, 02:30 in Saigon
ASLEEP = datetime(2026, 11, 24, 22, 12, tzinfo=UTC)  # 23:12 in Berlin
MORNING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # 07:00 in Berlin


@pytest.fixture
def agent(staff: desk.Staff) -> Person:
    return staff.agent


@pytest.fixture
def berlin(hoa: Any, agent: Person) -> Any:
    """A customer in Berlin, of a company that lets people sleep."""
    let_people_sleep(agent)
    hoa.timezone = "Europe/Berlin"
    hoa.save(update_fields=["timezone"])
    return hoa


@pytest.fixture
def case(berlin: Any, clock: StandingClock) -> Case:
    """Her case, opened when she was awake."""
    clock.set_to(AWAKE)
    made = desk.opened(berlin)
    clock.set_to(ASLEEP)
    return made


def let_people_sleep(person: Person) -> None:
    """Enact the example with quiet hours at night."""
    told = files(plan=("hours:\n", NIGHT))
    told["plan.yaml"] = told["plan.yaml"].replace(b"\ncourtesy:\n", f"\n{QUIET}".encode())
    enact(plan_of(*sources_of(Brought("plan.zip", packed(told)))), person=person)


def work_off() -> None:
    while work.run_due(50):
        pass


def to_her(case: Case) -> list[Message]:
    return list(case.messages.filter(direction=Message.Direction.OUTGOING).order_by("id"))


def due(message: Message) -> datetime:
    return DueWork.objects.get(key=f"message:{message.pk}").due_at


def of_itself(case: Case, body: str = "Es dauert länger.") -> Message:
    with transaction.atomic():
        return outbox.post(act_on(case, Actor.PLAN), body)


def test_what_the_desk_writes_of_itself_goes_out_in_the_morning(case: Case) -> None:
    made = of_itself(case)
    assert made.goes_at == due(made) == MORNING
    assert outbox.waiting(case, ASLEEP) == [made] and outbox.waiting(case, MORNING) == []


def test_the_confirmation_of_what_they_wrote_at_night_goes_at_once(berlin: Any, clock: StandingClock) -> None:
    clock.set_to(ASLEEP)
    assert [each.goes_at for each in to_her(desk.opened(berlin))] == [None]


def test_a_colleagues_reply_waits_and_keeps_its_promise_when_it_goes_out(
    case: Case, agent: Person, clock: StandingClock
) -> None:
    held = send(case, agent, Pressed("Wir kommen morgen.", submission="s1"))
    assert isinstance(held, Draft) and (held.held_until, held.timed) == (MORNING, True)
    assert "replied" not in desk.codes(case)
    clock.set_to(MORNING)
    work_off()
    assert case.events.get(code="replied").at == MORNING
    assert to_her(case)[-1].goes_at is None


def test_words_that_wait_keep_their_promise_when_they_go_out_by_whichever_way_they_came(
    case: Case, agent: Person, clock: StandingClock
) -> None:
    _owed_until(case, MORNING + timedelta(hours=1))
    said = reply(case, agent, "Wir kommen morgen.")  # as programs, many cases at once and assistants' drafts do
    assert said.goes_at == MORNING and _first_reply(case).state == "owed"
    case.refresh_from_db()
    assert case.next_due_at is not None
    clock.set_to(MORNING)
    work_off()
    kept = case.events.get(code="kept", args__promise=_first_reply(case).pk)
    assert (_first_reply(case).state, kept.at, kept.person) == ("kept", MORNING, agent)


def test_words_that_wait_keep_nothing_that_was_promised_since(case: Case, agent: Person, clock: StandingClock) -> None:
    reply(case, agent, "Wir kommen morgen.")
    Promise.objects.filter(pk=_first_reply(case).pk).update(made_at=clock.instant + timedelta(minutes=1))
    _owed_until(case, MORNING + timedelta(hours=1))
    clock.set_to(MORNING)
    work_off()
    assert _first_reply(case).state == "owed"


def test_what_is_taken_along_keeps_its_promise_then(case: Case, agent: Person) -> None:
    reply(case, agent, "Wir kommen morgen.")
    send(case, agent, Pressed("Bitte den Strom abschalten!", submission="s1", any_hour=True))
    work_off()
    assert _first_reply(case).state == "kept"
    assert not DueWork.objects.filter(kind=keeping.KEEP, done_at=None).exists()


def test_mail_that_a_server_kept_waiting_until_they_slept_goes_in_the_morning(
    case: Case, agent: Person, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = _server_away(monkeypatch)
    sent.is_away = False
    work_off()
    assert len(sent) == 1  # the confirmation
    sent.is_away = True
    clock.set_to(ASLEEP.replace(hour=19, minute=50))  # 20:50 in Berlin
    said = reply(case, agent, "Wir kommen morgen.")
    work_off()
    assert len(sent) == 1 and said.goes_at is None
    clock.set_to(ASLEEP)
    sent.is_away = False
    work_off()
    said.refresh_from_db()
    assert said.goes_at == due(said) == MORNING and [each.body for each in outbox.waiting(case, ASLEEP)] == [said.body]
    clock.set_to(MORNING)
    work_off()
    assert [each.body for each in to_her(case) if each.delivered_at == MORNING][-1] == said.body


def test_what_goes_at_any_hour_goes_after_an_outage_too_with_what_waits_before_it(
    case: Case, agent: Person, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = _server_away(monkeypatch)
    waiting = of_itself(case)
    send(case, agent, Pressed("Bitte den Strom abschalten!", submission="s1", any_hour=True))
    work_off()
    assert not sent
    sent.is_away = False
    clock.forward(minutes=5)
    work_off()
    waiting.refresh_from_db()
    assert waiting.delivered_at == to_her(case)[-1].delivered_at == clock.instant


class _Sent(list[Any]):
    is_away = True


def _server_away(monkeypatch: pytest.MonkeyPatch) -> _Sent:
    sent = _Sent()

    def hand_over(mail: Any) -> None:
        if sent.is_away:
            raise ServerAway("gone")
        sent.append(mail)

    monkeypatch.setattr("tantam.desk.channels.email.outgoing.hand_over", hand_over)
    return sent


def _owed_until(case: Case, due_at: datetime) -> None:
    promise = _first_reply(case)
    Promise.objects.filter(pk=promise.pk).update(due_at=due_at)
    DueWork.objects.filter(kind="promise_due", payload__promise=promise.pk).update(due_at=due_at)


def _first_reply(case: Case) -> Promise:
    return Promise.objects.get(case=case, kind="first_reply")


def test_a_reply_shortly_after_they_wrote_goes_at_once(case: Case, agent: Person, clock: StandingClock) -> None:
    receive(case, "Und wann?", channel="mail", message_id="<1@berlin>")
    clock.forward(hours=1, minutes=59)
    assert isinstance(send(case, agent, Pressed("Morgen.", submission="s1")), Message)
    clock.forward(minutes=1)
    assert isinstance(send(case, agent, Pressed("Um zehn.", submission="s2")), Draft)


def test_who_says_so_sends_at_any_hour_and_takes_along_what_waits(case: Case, agent: Person) -> None:
    waiting = of_itself(case)
    said = send(case, agent, Pressed("Bitte den Strom abschalten!", submission="s1", any_hour=True))
    assert isinstance(said, Message) and said.goes_at is None
    assert due(waiting) == due(said) == ASLEEP, "the earlier one would keep the later one back"
    assert outbox.waiting(case, ASLEEP) == []


def test_a_moment_to_take_it_back_does_not_make_it_wait_till_morning(case: Case, agent: Person, clock: Any) -> None:
    agent.undo_seconds = 10
    agent.save(update_fields=["undo_seconds"])
    held = send(case, agent, Pressed("Bitte den Strom abschalten!", submission="s1", any_hour=True))
    assert isinstance(held, Draft) and not held.timed
    clock.forward(seconds=10)
    work_off()
    said = to_her(case)[-1]
    assert said.body == "Bitte den Strom abschalten!" and said.goes_at is None


def test_what_is_urgent_by_the_plan_never_waits(case: Case, agent: Person) -> None:
    Case.objects.filter(pk=case.pk).update(severity="serious")
    assert of_itself(case).goes_at is None
    assert isinstance(send(case, agent, Pressed("Bitte den Strom abschalten!", submission="s1")), Message)


def test_a_time_that_was_chosen_at_night_moves_to_the_morning(case: Case, agent: Person, clock: StandingClock) -> None:
    at = clock.instant.replace(hour=23)
    held = send(case, agent, Pressed("Wir kommen morgen.", submission="s1", at=at))
    assert isinstance(held, Draft) and held.held_until == MORNING
    by_day = clock.instant.replace(day=25, hour=9)
    other = send(case, agent, Pressed("Und übermorgen.", submission="s2", at=by_day))
    assert isinstance(other, Draft) and other.held_until == by_day
    chosen = send(case, agent, Pressed("Gleich.", submission="s3", at=at, any_hour=True))
    assert isinstance(chosen, Draft) and chosen.held_until == at


def test_what_was_taken_back_is_sent_as_any_other_later(case: Case, agent: Person) -> None:
    held = send(case, agent, Pressed("Wir kommen morgen.", submission="s1"))
    assert isinstance(held, Draft)
    back = take_back(held, agent)
    assert (back.held_until, back.timed, back.any_hour) == (None, False, False)


def test_a_note_and_what_is_read_on_a_page_wait_for_nothing(case: Case, agent: Person) -> None:
    assert isinstance(send(case, agent, Pressed("Ruft nicht an.", mode="note", submission="s1")), Message)
    case.customer.contacts.all().delete()
    assert of_itself(case).goes_at is None
    assert isinstance(send(case, agent, Pressed("Wir kommen morgen.", submission="s2")), Message)


@pytest.mark.parametrize(
    "timezone, phone, until",
    [
        ("", "", None),  # nobody knows: the company's clocks, 05:12 in Saigon, are asked below
        ("", "+4930901820", MORNING),  # Berlin, by their number
        ("America/New_York", "+4930901820", None),  # as they told: a quarter past five in the afternoon
    ],
)
def test_whose_clocks_count(case: Case, timezone: str, phone: str, until: datetime | None) -> None:
    case.customer.timezone = timezone
    case.customer.save(update_fields=["timezone"])
    if phone:
        Contact.objects.create(customer=case.customer, kind=Contact.Kind.PHONE, value=phone)
    saigon = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)  # 07:00
    assert of_itself(case).goes_at == (until if timezone or phone else saigon)


def test_the_composer_says_until_when_it_waits_and_lets_it_go(
    case: Case, client: Client, agent: Person, clock: StandingClock
) -> None:
    client.force_login(agent)
    of_itself(case)
    page = client.get(f"/desk/cases/{case.pk}/?lang=en").content.decode()
    assert "It is 23:12 in Berlin: this goes out at 07:00 there." in page
    assert "Waits for the end of quiet hours" in page
    client.post(f"/desk/cases/{case.pk}/say/", {"verb": "reply", "body": "Gleich.", "any_hour": "1"})
    assert to_her(case)[-1].body == "Gleich."
    clock.set_to(MORNING)
    assert "goes out at" not in client.get(f"/desk/cases/{case.pk}/?lang=en").content.decode()


def test_without_quiet_hours_in_the_plan_nothing_waits(hoa: Any, agent: Person, clock: StandingClock) -> None:
    hoa.timezone = "Europe/Berlin"
    hoa.save(update_fields=["timezone"])
    clock.set_to(AWAKE)
    made = desk.opened(hoa)
    clock.set_to(ASLEEP)
    assert of_itself(made).goes_at is None
    assert isinstance(send(made, agent, Pressed("Wir kommen morgen.", submission="s1")), Message)
