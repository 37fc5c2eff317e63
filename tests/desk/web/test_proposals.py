"""What a colleague makes of an assistant's draft: it goes out as it is, changed, or not at all; each is recorded."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.assistants.models import Proposal
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Case, Message
from tests.support import assistants, desk
from tests.support.assistants import admitted

WORDS = "We exchange it on Tuesday."


@pytest.fixture
def plan(db: None, clock: Any) -> Any:
    return assistants.put_in_force()


@pytest.fixture
def draft(staff: Any, hoa: Any) -> Proposal:
    case = desk.opened(hoa)
    admitted(staff.manager).call("draft_reply", case=case.reference, words=WORDS)
    return Proposal.objects.get()


def _of(person: Any) -> Client:
    browser = Client()
    person.language = "en"
    person.save(update_fields=["language"])
    browser.force_login(person)
    return browser


def _post(person: Any, draft: Proposal, verb: str, **fields: str) -> int:
    status: int = _of(person).post(f"/desk/cases/{draft.case_id}/drafts/{draft.pk}/{verb}/", fields).status_code
    return status


def _outgoing(case: Case) -> list[str]:
    found = case.messages.filter(direction=Message.Direction.OUTGOING).exclude(author=None)
    return list(found.order_by("id").values_list("body", flat=True))


def test_draft_stands_on_the_case_s_page(staff: Any, draft: Proposal) -> None:
    shown = _of(staff.agent).get(f"/desk/cases/{draft.case_id}/").content.decode()
    assert WORDS in shown and "providers.helper.drafts" in shown and f"/drafts/{draft.pk}/approve/" in shown


def test_approved_as_it_is_it_is_the_colleague_s_word(staff: Any, draft: Proposal) -> None:
    assert _post(staff.agent, draft, "approve", body=WORDS + "\r\n") == 302
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == ("sent", staff.agent) and draft.message is not None
    assert draft.message.author == staff.agent and _outgoing(draft.case) == [WORDS]
    assert desk.owed(draft.case, "first_reply").state == "kept"
    event = draft.case.events.get(code="assistant_draft_sent")
    assert event.args["changed"] == 0 and event.person == staff.agent


def test_changed_it_is_recorded_as_changed(staff: Any, draft: Proposal) -> None:
    _post(staff.agent, draft, "approve", body="On Wednesday.")
    draft.refresh_from_db()
    assert draft.state == "changed" and draft.body == WORDS and _outgoing(draft.case) == ["On Wednesday."]


def test_thrown_away_nothing_goes_out(staff: Any, draft: Proposal) -> None:
    assert _post(staff.agent, draft, "throw") == 302
    draft.refresh_from_db()
    assert draft.state == "thrown" and _outgoing(draft.case) == []
    assert desk.codes(draft.case)[-1] == "assistant_draft_thrown"


def test_decided_once_it_goes_out_once(staff: Any, draft: Proposal) -> None:
    _post(staff.agent, draft, "approve", body=WORDS)
    assert _post(staff.specialist, draft, "approve", body=WORDS) == 409
    assert _post(staff.specialist, draft, "throw") == 409
    assert _outgoing(draft.case) == [WORDS]


def test_answer_of_a_person_overtakes_it(staff: Any, draft: Proposal) -> None:
    reply(draft.case, staff.agent, "I looked at it myself.")
    draft.refresh_from_db()
    assert draft.state == "overtaken" and _post(staff.agent, draft, "approve", body=WORDS) == 409


def test_draft_of_another_case_and_an_outsider_find_nothing(staff: Any, hoa: Any, draft: Proposal) -> None:
    other = desk.opened(hoa)
    answer = _of(staff.agent).post(f"/desk/cases/{other.pk}/drafts/{draft.pk}/approve/", {"body": WORDS})
    assert answer.status_code == 404 and _post(staff.outsider, draft, "approve", body=WORDS) == 404
    assert _outgoing(draft.case) == []


def test_empty_words_are_refused_and_what_was_typed_stays(staff: Any, draft: Proposal) -> None:
    answer = _of(staff.agent).post(f"/desk/cases/{draft.case_id}/drafts/{draft.pk}/approve/", {"body": "  "})
    draft.refresh_from_db()
    assert answer.status_code == 409 and draft.state == "waiting" and "Write something first" in answer.content.decode()
