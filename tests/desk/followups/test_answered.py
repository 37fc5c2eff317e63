"""What came of it: the customer's answer on their page, a colleague's note after a call, and how often each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.followups import access
from tantam.desk.followups.actions import answer, note_result
from tantam.desk.followups.models import FollowUp
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock

State, Result = FollowUp.State, FollowUp.Result


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


@pytest.fixture
def sent(hoa: Customer, plan: Any, clock: StandingClock) -> FollowUp:
    """A letter that went out about what she bought."""
    bought = desk.purchase(hoa)
    return FollowUp.objects.create(
        customer=hoa,
        row="settle",
        event="handed_over",
        subject=f"purchase:{bought.pk}",
        purchase=bought,
        plan_version=plan.row,
        happened_at=bought.handed_over_at,
        due_at=clock.instant,
        done_at=clock.instant,
        state=State.SENT,
        mail="hoa@example.com",
    )


def _result(found: FollowUp) -> str:
    return FollowUp.objects.get(pk=found.pk).result


def test_page_asks_and_opening_it_counts_for_nothing(visitor: Visitor, sent: FollowUp) -> None:
    page = text(visitor.get(f"/well/{sent.link_key}/"))
    assert "Washing machine 9 kg" in page and "All is well" in page
    assert _result(sent) == ""


def test_nobody_thinks_up_a_page(visitor: Visitor, sent: FollowUp) -> None:
    assert visitor.client.get("/well/nothing/").status_code == 404
    FollowUp.objects.update(mail="")
    assert visitor.client.get(f"/well/{sent.link_key}/").status_code == 404


def test_one_tap_is_kept(visitor: Visitor, sent: FollowUp) -> None:
    assert visitor.client.post(f"/well/{sent.link_key}/", {"answer": "satisfied"}).status_code == 302
    assert _result(sent) == Result.SATISFIED
    assert "Satisfied" in text(visitor.get(f"/well/{sent.link_key}/"))


def test_complaint_opens_one_case_with_what_was_bought(visitor: Visitor, sent: FollowUp) -> None:
    given = {"answer": "complaint", "words": "Máy rung mạnh."}
    first = visitor.client.post(f"/well/{sent.link_key}/", given)
    again = visitor.client.post(f"/well/{sent.link_key}/", given)
    case = Case.objects.get()
    assert first["Location"] == again["Location"] == f"/c/{case.link_key}/"
    assert (case.purchase, case.customer) == (sent.purchase, sent.customer)
    assert case.promises.filter(kind="first_reply").exists()
    assert _result(sent) == Result.COMPLAINT


def test_complaint_without_words_is_asked_for_them(visitor: Visitor, sent: FollowUp) -> None:
    refused = visitor.client.post(f"/well/{sent.link_key}/", {"answer": "complaint", "words": " "})
    assert (refused.status_code, _result(sent)) == (422, "")
    assert "Write something first" in text(refused)


def test_complaint_is_not_unsaid(sent: FollowUp, plan: Any) -> None:
    case = answer(sent, Result.COMPLAINT, "Hỏng rồi.", plan)
    assert answer(sent, Result.SATISFIED, "", plan) == case
    assert _result(sent) == Result.COMPLAINT


def test_answer_that_is_none_is_refused(sent: FollowUp, plan: Any) -> None:
    with pytest.raises(Refused, match="unknown_reason"):
        answer(sent, "renewed", "", plan)


def test_colleague_notes_what_came_of_it(sent: FollowUp, staff: desk.Staff) -> None:
    note_result(sent, staff.agent, "renewed")
    kept = FollowUp.objects.get()
    assert (kept.result, kept.result_by) == ("renewed", staff.agent)
    with pytest.raises(Refused):
        note_result(sent, staff.outsider, "satisfied")
    with pytest.raises(Refused):
        note_result(sent, staff.agent, "splendid")


def test_each_row_is_counted_by_what_became_of_it(sent: FollowUp, staff: desk.Staff, clock: StandingClock) -> None:
    note_result(sent, staff.agent, "satisfied")
    (score,) = access.scores(staff.manager, clock.instant - timedelta(days=30))
    assert (score.row, score.states, score.results) == ("settle", {"sent": 1}, {"satisfied": 1})
    assert access.scores(staff.outsider, clock.instant - timedelta(days=30)) == []


def test_who_had_no_contact_is_found(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    desk.purchase(hoa, days_ago=200)
    since = clock.instant - timedelta(days=180)
    assert list(access.without_contact(staff.manager, since)) == [hoa]
    assert list(access.without_contact(staff.outsider, since)) == []
    desk.opened(hoa)
    assert list(access.without_contact(staff.manager, since)) == []


def test_letter_of_ours_is_a_contact_and_one_not_sent_is_none(
    hoa: Customer, sent: FollowUp, staff: desk.Staff, clock: StandingClock
) -> None:
    since = clock.instant - timedelta(days=5)
    assert list(access.without_contact(staff.manager, since)) == []
    FollowUp.objects.update(state=State.WITHHELD)
    assert list(access.without_contact(staff.manager, since)) == [hoa]
