"""Letters whose writer chose the time: said when they go out, stopped until then, gone even if the writer left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.cases import drafts
from tantam.desk.cases.actions import receive, resolve, send, take_back
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Case, Draft, Promise
from tantam.desk.common import clock as desk_clock
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def case(hoa: Any) -> Case:
    return desk.opened(hoa)


@pytest.fixture
def agent(staff: desk.Staff) -> Person:
    return staff.agent


def later(case: Case, person: Person, **by: float) -> Draft:
    at = desk_clock.now() + timedelta(**by or {"hours": 20})
    made: Any = send(case, person, Pressed("Chào chị.", submission="s1", at=at))
    return made


def work_off() -> None:
    while work.run_due(50):
        pass


def replies(case: Case) -> list[Any]:
    return list(case.messages.filter(direction="outgoing", author__isnull=False))


def test_it_goes_out_at_its_time_and_once(case: Case, agent: Person, clock: StandingClock) -> None:
    held = later(case, agent)
    work_off()
    assert replies(case) == []
    clock.forward(hours=20)
    work_off()
    work_off()
    said = replies(case)
    assert [each.body for each in said] == ["Chào chị."]
    assert said[0].written_at == held.held_until
    assert case.events.get(code="replied").person_id == agent.pk


def test_a_promise_is_kept_when_it_goes_out_and_not_when_it_was_written(
    case: Case, agent: Person, clock: StandingClock
) -> None:
    promise = Promise.objects.get(case=case, kind="first_reply")
    late = promise.due_at - desk_clock.now() + timedelta(minutes=5)
    later(case, agent, seconds=late.total_seconds())
    clock.set_to(promise.due_at + timedelta(minutes=1))
    work_off()
    promise.refresh_from_db()
    assert promise.state == "broken"
    clock.forward(minutes=5)
    work_off()
    assert len(replies(case)) == 1 and "fulfilled" in desk.codes(case)


def test_it_goes_out_in_its_writers_name_even_if_they_left_and_gives_them_no_case(
    case: Case, agent: Person, clock: StandingClock
) -> None:
    later(case, agent)
    agent.is_active = False
    agent.save()
    clock.forward(hours=20)
    work_off()
    case.refresh_from_db()
    assert [each.author_id for each in replies(case)] == [agent.pk]
    assert case.owner_id is None


@pytest.mark.parametrize("who", ["agent", "colleague"])
def test_until_then_any_colleague_stops_it(
    case: Case, agent: Person, staff: desk.Staff, clock: StandingClock, who: str
) -> None:
    take_back(later(case, agent), getattr(staff, who))
    clock.forward(hours=21)
    work_off()
    kept = drafts.being_written(case, agent, "reply")
    assert replies(case) == [] and kept is not None and (kept.body, kept.timed) == ("Chào chị.", False)


def test_if_the_customer_writes_first_it_comes_back(case: Case, agent: Person, clock: StandingClock) -> None:
    later(case, agent)
    clock.forward(hours=1)
    receive(case, "Máy chạy lại rồi.", channel="web")
    clock.forward(hours=20)
    work_off()
    assert replies(case) == [] and case.events.get(code="held_back").args["reason"] == "customer_wrote"


def test_if_the_case_is_settled_first_it_comes_back(
    case: Case, agent: Person, staff: desk.Staff, clock: StandingClock
) -> None:
    later(case, agent)
    resolve(case, staff.colleague, "Xong.")
    clock.forward(hours=20)
    work_off()
    assert case.events.get(code="held_back").args["reason"] == "already_resolved"
    case.refresh_from_db()
    assert (len(replies(case)), case.status) == (1, "resolved")


@pytest.mark.parametrize("by", [{"seconds": 0}, {"hours": -1}, {"days": 367}])
def test_a_time_that_is_not_ahead_is_refused(case: Case, agent: Person, by: dict[str, float]) -> None:
    with pytest.raises(Refused, match="not_ahead"):
        later(case, agent, **by)


def test_the_composer_sends_later_in_the_companys_time_and_shows_when(
    case: Case, agent: Person, staff: desk.Staff, client: Client
) -> None:
    page = f"/desk/cases/{case.pk}/"
    client.force_login(agent)
    assert 'name="later"' in client.get(page).content.decode()
    form = {"body": "Chào chị.", "mode": "reply", "verb": "later", "later": "2026-03-05T08:30", "submission": "s1"}
    client.post(f"{page}say/", form)
    held = Draft.objects.get(case=case)
    assert held.timed and held.held_until == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    for person in (agent, staff.colleague):
        client.force_login(person)
        shown = client.get(f"{page}?lang=en").content.decode()
        assert "oes out Thursday 5 March, 08:30" in " ".join(shown.split()) and f"/drafts/{held.pk}/" in shown


@pytest.mark.parametrize("written", ["", "tomorrow", "2020-01-01T08:00"])
def test_the_composer_says_what_time_it_takes_and_keeps_the_words(
    case: Case, agent: Person, client: Client, written: str
) -> None:
    client.force_login(agent)
    form = {"body": "Chào chị nhé.", "mode": "reply", "verb": "later", "later": written, "submission": "s1"}
    answer = client.post(f"/desk/cases/{case.pk}/say/?lang=en", form)
    assert answer.status_code == 409 and "Chào chị nhé." in answer.content.decode()
    assert not Draft.objects.exclude(held_until=None).exists()
