"""What a provider's people read of the notes on a case that is with them: their own, and what was written for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.cases import actions as case_actions
from tantam.desk.cases.models import Case
from tantam.desk.errands import actions
from tests.support.clock import StandingClock
from tests.support.desk import opened

BEFORE, ASKED, SINCE, OWN, BETWEEN = "Khách rất khó tính.", "Mang máy mới tới.", "Cổng sau.", "Xe đến rồi.", "Họ chậm."


@pytest.fixture
def carrier(staff: Any) -> Person:
    """Somebody of another house, by the plan."""
    return Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers", undo_seconds=0)


@pytest.fixture
def case(hoa: Any, staff: Any, carrier: Person, clock: StandingClock) -> Case:
    """A case with a note of the house before it was handed over, with it, since, and one of the carriers' own."""
    case = case_actions.take(opened(hoa), staff.agent)
    case_actions.add_note(case, staff.agent, BEFORE)
    clock.forward(minutes=5)
    _hand(case, staff.agent, clock)
    clock.forward(minutes=5)
    case_actions.add_note(case, staff.agent, SINCE)
    case_actions.add_note(case, carrier, OWN)
    return case


def _hand(case: Case, person: Person, clock: StandingClock) -> None:
    actions.hand_to_provider(case, person, actions.Asked("carriers", ASKED, clock.instant + timedelta(hours=4)))


def _page(client: Client, case: Case, person: Person) -> str:
    client.force_login(person)
    return client.get(f"/desk/cases/{case.pk}/").content.decode()


def test_they_read_what_was_written_for_them_and_the_house_reads_all(
    case: Case, carrier: Person, staff: Any, client: Client
) -> None:
    shown = _page(client, case, carrier)
    assert all(each in shown for each in (ASKED, SINCE, OWN)) and BEFORE not in shown
    assert BEFORE not in client.get(f"/desk/cases/{case.pk}/part/").content.decode()
    assert "hoa@example" not in shown and case.customer.name in shown
    assert BEFORE in _page(client, case, staff.colleague)


def test_what_the_house_noted_between_two_errands_is_its_own(
    case: Case, carrier: Person, staff: Any, client: Client, clock: StandingClock
) -> None:
    clock.forward(minutes=5)
    actions.hand_back(case, carrier, "Không ai ở nhà.")
    clock.forward(minutes=5)
    case_actions.add_note(case, staff.agent, BETWEEN)
    clock.forward(minutes=5)
    _hand(case, staff.agent, clock)
    shown = _page(client, case, carrier)
    assert BETWEEN not in shown and BEFORE not in shown
    assert OWN in shown and "Không ai ở nhà." in shown and ASKED in shown


def test_no_search_and_no_program_of_theirs_finds_more(case: Case, carrier: Person, staff: Any, client: Client) -> None:
    client.force_login(carrier)
    assert "khó tính" not in client.get("/desk/find/?q=tính").content.decode()
    _, secret = make_token(carrier, NewToken("Xe", ("read:cases",)))
    answer = client.get(f"/api/v1/cases/{case.pk}/messages", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    notes = {each["body"] for each in answer.json()["items"] if each["direction"] == "note"}
    assert notes == {ASKED, SINCE, OWN}


def test_a_note_that_the_house_is_still_writing_is_not_shown_to_them(
    case: Case, carrier: Person, staff: Any, client: Client
) -> None:
    case_actions.keep_draft(case, staff.agent, "Đừng cho họ biết", mode="note")
    assert "Đừng cho họ biết" not in _page(client, case, carrier)
    assert "Đừng cho họ biết" in _page(client, case, staff.colleague)
