"""What becomes no message waits in the tray, for the house's own people, and what they do about it is done once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals import actions, intake
from tantam.desk.arrivals.access import arrival_for, passed_over_for, thrown_for, waiting_for
from tantam.desk.arrivals.clearing import KEPT, clear
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import incoming
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tests.desk.channels.letters import mail
from tests.support import desk
from tests.support.clock import StandingClock


def _taken(raw: bytes) -> Arrival:
    return intake.take_in(incoming.store(raw).pk)


@pytest.fixture
def machine(plan: object) -> Arrival:
    """A person's mail that a header calls a machine's."""
    return _taken(mail(Auto_Submitted="auto-generated"))


@pytest.fixture
def colleague(plan: object, hoa: Customer, staff: desk.Staff) -> Arrival:
    case = desk.opened(hoa)
    return _taken(mail("Ông ấy gọi lại rồi.", sender=staff.colleague.email, Subject=f"Fwd: Máy [#{case.reference}]"))


def test_tray_is_the_houses_own(colleague: Arrival, staff: desk.Staff) -> None:
    partner = Person.objects.create(email="p@x.example", name="Chở", level="agent", provider="carriers", password="!")
    assert list(waiting_for(staff.agent)) == [colleague]
    for nobody in (partner, staff.outsider, None):
        assert not waiting_for(nobody) and not thrown_for(nobody)
        with pytest.raises(Http404):
            arrival_for(nobody, colleague.pk)


def test_what_machines_wrote_is_in_a_list_of_its_own(machine: Arrival, staff: desk.Staff) -> None:
    assert not waiting_for(staff.agent) and list(passed_over_for(staff.agent)) == [machine]


def test_message_of_a_case_is_nothing_of_the_tray(plan: object, staff: desk.Staff) -> None:
    taken = _taken(mail())
    with pytest.raises(Http404):
        arrival_for(staff.agent, taken.pk)


def test_case_is_made_of_what_a_person_wrote_after_all(machine: Arrival, hoa: Customer, staff: desk.Staff) -> None:
    case = actions.make_case(machine, staff.agent)
    assert case.customer == hoa and case.messages.get(direction="incoming").body == "Máy giặt nhà tôi kêu to quá."
    event = case.events.get(code="from_tray")
    assert (event.person, event.args) == (staff.agent, {"arrival": machine.pk, "problem": "automatic"})
    machine.refresh_from_db()
    assert (machine.case, machine.seen_to_by) == (case, staff.agent)


def test_second_who_sees_to_it_is_told(machine: Arrival, staff: desk.Staff) -> None:
    actions.make_case(machine, staff.agent)
    for act in (actions.make_case, actions.throw_away):
        with pytest.raises(Refused, match="tray_seen_to"):
            act(machine, staff.colleague)
    assert Case.objects.count() == 1


def test_what_the_customer_wrote_is_theirs_in_their_case(machine: Arrival, hoa: Customer, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    actions.put_to_case(machine, case, staff.agent)
    assert case.messages.filter(direction="incoming").count() == 2


def test_what_somebody_else_wrote_is_a_note(colleague: Arrival, staff: desk.Staff) -> None:
    case = Case.objects.get()
    actions.put_to_case(colleague, case, staff.agent)
    note = case.messages.get(direction="note")
    assert note.author == staff.agent and note.body.endswith("Ông ấy gọi lại rồi.")
    assert staff.colleague.email in note.body
    assert case.messages.filter(direction="incoming").count() == 1
    assert desk.codes(case)[-2:] == ["noted", "from_tray"]
    assert not waiting_for(staff.agent)


def test_nobody_puts_it_to_a_case_that_they_do_not_see(machine: Arrival, hoa: Customer, staff: desk.Staff) -> None:
    with pytest.raises(Http404):
        actions.put_to_case(machine, desk.opened(hoa), staff.outsider)
    assert Message.objects.filter(direction="note").count() == 0


def test_mail_without_a_sender_makes_no_case(plan: object, staff: desk.Staff) -> None:
    lies = _taken(mail(sender="nobody"))
    assert lies.problem == Problem.NO_SENDER
    with pytest.raises(Refused, match="no_contact"):
        actions.make_case(lies, staff.agent)
    lies.refresh_from_db()
    assert lies.case is None


def test_what_no_channel_reads_is_said_to_be_illegible(plan: object, staff: desk.Staff, clock: StandingClock) -> None:
    lies = Arrival.objects.create(
        channel="smoke", key="1", raw=b"~", received_at=clock.instant, problem=Problem.UNREADABLE
    )
    with pytest.raises(Refused, match="tray_illegible"):
        actions.make_case(lies, staff.agent)


def test_what_is_thrown_away_can_be_taken_back(colleague: Arrival, staff: desk.Staff) -> None:
    actions.throw_away(colleague, staff.agent)
    assert not waiting_for(staff.agent) and list(thrown_for(staff.agent)) == [colleague]
    for _ in range(2):
        actions.take_back(colleague, staff.colleague)
    assert list(waiting_for(staff.agent)) == [colleague] and not thrown_for(staff.agent)


def test_what_is_thrown_away_is_kept_for_thirty_days(
    colleague: Arrival, staff: desk.Staff, clock: StandingClock
) -> None:
    actions.throw_away(colleague, staff.agent)
    clock.forward(days=KEPT / timedelta(days=1))
    clear({})
    assert Arrival.objects.filter(pk=colleague.pk).exists()
    clock.forward(seconds=1)
    clear({})
    assert not Arrival.objects.filter(pk=colleague.pk).exists()


def test_nothing_else_is_ever_deleted(colleague: Arrival, machine: Any, clock: StandingClock) -> None:
    clock.forward(days=1_000)
    clear({})
    assert Arrival.objects.count() == 2
