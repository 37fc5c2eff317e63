"""Messages moved into a case of their own: triaged anew, owed since they came, and back again."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases import joined
from tantam.desk.cases.actions import add_note, part, receive, reply, unpart
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common.errors import Refused
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened, owed


@pytest.fixture
def second(hoa: Any, clock: StandingClock) -> Any:
    """The second message of a case, about another matter."""
    case = opened(hoa)
    clock.forward(minutes=30)
    return receive(case, "Còn cái tủ lạnh thì bao giờ giao?", channel="web")


def test_parted_case_has_the_messages_and_the_customer(second: Any, staff: Any) -> None:
    case = second.case
    parting = part(case, staff.agent, [second.pk])
    new = parting.new_case
    assert list(new.messages.values_list("body", flat=True)) == [second.body]
    assert not case.messages.filter(pk=second.pk).exists()
    assert (new.customer, new.subject) == (case.customer, second.body)
    assert codes(new)[0] == "opened" and "parted_from" in codes(new) and codes(case)[-1] == "parted"


def test_parted_case_is_owed_since_its_message_came(second: Any, staff: Any, clock: StandingClock) -> None:
    clock.forward(minutes=20)
    new = part(second.case, staff.agent, [second.pk]).new_case
    first = owed(new, "first_reply")
    assert (new.opened_at, first.made_at) == (second.written_at, second.written_at)
    assert first.due_at > second.written_at and new.events.get(code="opened").at == second.written_at


def test_what_was_answered_meanwhile_is_kept_on_the_parted_case(second: Any, staff: Any, clock: StandingClock) -> None:
    clock.forward(minutes=5)
    reply(second.case, staff.agent, "Mai giao ạ.")
    clock.forward(days=3)
    new = part(second.case, staff.agent, [second.pk]).new_case
    assert owed(new, "first_reply").state == Promise.State.KEPT


def test_last_words_are_those_that_stay(second: Any, staff: Any) -> None:
    case = second.case
    part(case, staff.agent, [second.pk])
    assert Case.objects.get(pk=case.pk).last_words == "Máy giặt kêu to."


def test_notes_move_as_well(second: Any, staff: Any) -> None:
    note = add_note(second.case, staff.agent, "Hỏi kho.")
    parting = part(second.case, staff.agent, [second.pk, note.pk])
    assert parting.messages == [second.pk, note.pk] and note.pk in parting.new_case.messages.values_list(
        "pk", flat=True
    )


def test_undone_the_messages_are_back_and_mail_to_the_parted_case_lands_there(second: Any, staff: Any) -> None:
    case = second.case
    parting = part(case, staff.agent, [second.pk])
    assert unpart(parting, staff.agent) == case
    assert case.messages.filter(pk=second.pk).exists()
    new = Case.objects.get(pk=parting.new_case.pk)
    assert joined.target(new) == case and codes(case)[-2:] == ["unparted", "joined"]
    assert receive(new, "Nhắn vào địa chỉ cũ.", channel="email").case == case
    with pytest.raises(Refused, match="part_undone"):
        unpart(parting, staff.agent)


def test_something_is_chosen_and_something_stays(second: Any, staff: Any) -> None:
    case = second.case
    for chosen, code in (([], "part_nothing"), ([1], "part_nothing"), (_all(case), "part_everything")):
        with pytest.raises(Refused, match=code):
            part(case, staff.agent, chosen)
    with pytest.raises(Refused, match="not_allowed"):
        part(case, staff.outsider, [second.pk])


def _all(case: Case) -> list[int]:
    return list(case.messages.values_list("pk", flat=True))
