"""A claim from within a chat: the colleague files it or has the customer asked, and the answer comes into the chat."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases.actions import resolve
from tantam.desk.cases.models import Case, Message, Promise
from tantam.desk.chats.models import Visitor
from tantam.desk.claims.models import Claim
from tantam.desk.files.models import Blob
from tests.desk.files.test_store import picture
from tests.desk.portal.pages import Visitor as Browser
from tests.desk.portal.pages import form, text
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.window import Window

pytestmark = pytest.mark.usefixtures("plan")
TOLD = {"topic": "faulty", "q_fault": "ours", "q_owned": "12 days", "q_danger": "no"}


def browser(person: Any) -> Client:
    """Return the browser of somebody who signed in."""
    made = Client()
    made.force_login(person)
    return made


@pytest.fixture
def window() -> Window:
    """A window in which somebody wrote."""
    made = Window().start()
    made.write("Máy giặt kêu to quá.")
    return made


@pytest.fixture
def case(window: Window) -> Case:
    """The case that the words opened."""
    found = Visitor.objects.get().case
    assert found is not None
    return found


def _page(case: Case, what: str = "claim/") -> str:
    return f"/desk/chats/{case.pk}/{what}"


def test_agent_files_it_and_the_customer_reads_answer_and_reason_at_the_window(
    case: Case, window: Window, staff: desk.Staff
) -> None:
    agent = browser(staff.agent)
    asked = agent.get(_page(case), {"topic": "faulty"})
    assert "q_fault" in asked.content.decode() and 'id="say"' in asked.content.decode()
    assert agent.post(_page(case), TOLD).status_code == 302
    claim = case.claims.get()
    assert (claim.policy, claim.outcome, claim.clause) == ("exchange", "replace", "policies.exchange.decides#faulty")
    case.refresh_from_db()
    assert (case.topic, case.owner) == ("faulty", staff.agent)
    note = [each["text"] for each in window.history()["messages"]][-1]
    assert "12 ngày" in note and "#policies.exchange.decides-faulty" in note
    event = case.events.get(code="claimed")
    assert (event.args["topic"], event.person) == ("faulty", staff.agent)


def test_what_is_open_owes_an_answer(case: Case, staff: desk.Staff) -> None:
    Promise.objects.filter(case=case).update(state=Promise.State.KEPT)
    browser(staff.agent).post(_page(case), TOLD)
    assert case.claims.get().state == Claim.State.OPEN
    assert desk.owed(case, "first_reply").state == Promise.State.OWED


def test_the_same_twice_is_refused_beside_what_was_written(case: Case, staff: desk.Staff) -> None:
    agent = browser(staff.agent)
    agent.post(_page(case), TOLD)
    again = agent.post(_page(case) + "?lang=en", TOLD)
    assert again.status_code == 422 and "asked for on this case already" in again.content.decode()
    assert case.claims.count() == 1


def test_what_does_not_fit_is_said_and_nothing_is_lost(case: Case, staff: desk.Staff) -> None:
    answer = browser(staff.agent).post(_page(case), TOLD | {"q_owned": "long ago"})
    assert answer.status_code == 422 and 'value="long ago"' in answer.content.decode()
    assert not case.claims.exists()


def test_a_settled_case_takes_no_claim(case: Case, staff: desk.Staff) -> None:
    resolve(case, staff.agent)
    assert browser(staff.agent).post(_page(case), TOLD).status_code == 422
    assert not case.claims.exists()


def test_a_photo_that_came_before_the_claim_counts_as_shown(case: Case, window: Window, staff: desk.Staff) -> None:
    assert window.bring("may.png", picture()).status_code == 201
    browser(staff.agent).post(_page(case), TOLD)
    claim = case.claims.get()
    assert claim.facts["fault"]["standing"] == "shown" and claim.state == Claim.State.OPEN
    assert case.events.get(code="shown").args["terms"] == ["fault"]


def test_a_photo_that_comes_into_the_chat_is_shown_at_once(case: Case, window: Window, staff: desk.Staff) -> None:
    browser(staff.agent).post(_page(case), TOLD)
    assert window.bring("may.png", picture()).status_code == 201
    assert case.claims.get().facts["fault"]["standing"] == "shown"


def test_the_customer_answers_by_a_link_and_reads_the_answer_in_the_chat(
    case: Case, window: Window, staff: desk.Staff, clock: StandingClock
) -> None:
    assert browser(staff.agent).post(_page(case, "claim/ask/"), {"topic": "faulty"}).status_code == 302
    link = f"/c/{case.link_key}/tell/faulty/"
    assert link in window.said()[-1][1]
    case.refresh_from_db()
    assert case.status == Case.Status.WAITING
    visitor = Browser(clock)
    page = visitor.get(link)
    assert {"q_fault", "q_owned"} <= set(form(page).names)
    answer = visitor.send(link, page, **{name: value for name, value in TOLD.items() if name != "topic"})
    assert answer.status_code == 302, text(answer)
    claim = Claim.objects.get()
    assert claim.outcome == "replace" and claim.case.status == Case.Status.OPEN
    assert claim.case.events.get(code="claimed").person is None
    notes = [each["text"] for each in window.history()["messages"]]
    assert "#policies.exchange.decides-faulty" in notes[-1]
    assert visitor.get(link).status_code == 302, "what is claimed has its answer on the case's page"


def test_answers_sent_twice_are_one_claim(case: Case, clock: StandingClock) -> None:
    link, visitor = f"/c/{case.link_key}/tell/faulty/", Browser(clock)
    page = visitor.get(link)
    hidden = form(page).hidden | {name: value for name, value in TOLD.items() if name != "topic"}
    assert [visitor.client.post(link, hidden).status_code for _ in range(2)] == [302, 302]
    assert case.claims.count() == 1 and case.messages.filter(direction=Message.Direction.INCOMING).count() == 2


def test_a_photo_with_the_answers_counts_and_wrong_answers_keep_it(case: Case, clock: StandingClock) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    link, visitor = f"/c/{case.link_key}/tell/faulty/", Browser(clock)
    hidden = form(visitor.get(link)).hidden | {"q_fault": "ours", "q_owned": "long ago"}
    sent = SimpleUploadedFile("may.png", picture(), content_type="image/png")
    wrong = visitor.client.post(link, hidden | {"files": sent})
    assert wrong.status_code == 422 and Blob.objects.count() == 1
    carried = form(wrong).hidden | {"q_fault": "ours", "q_owned": "12 days"}
    assert visitor.client.post(link, carried).status_code == 302
    assert case.claims.get().facts["fault"]["standing"] == "shown"


def test_no_other_topic_and_no_other_key_lead_anywhere(case: Case, clock: StandingClock, staff: desk.Staff) -> None:
    visitor = Browser(clock)
    assert visitor.client.get(f"/c/{case.link_key}/tell/nothing/").status_code == 404
    assert visitor.client.get("/c/wrong/tell/faulty/").status_code == 404
    assert browser(staff.outsider).get(_page(case)).status_code == 404
    unknown = browser(staff.agent).post(_page(case, "claim/ask/") + "?lang=en", {"topic": "nothing"})
    assert unknown.status_code == 409
