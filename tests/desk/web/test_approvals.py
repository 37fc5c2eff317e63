"""The pages of approvals and of cases that nobody moves: who sees them, what they do, without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases.actions import receive, take
from tantam.desk.claims.actions import ask_approval
from tantam.desk.claims.models import Approval
from tantam.desk.common.money import Money
from tantam.desk.web.views import approvals as pages
from tests.desk.cases.test_routing import away
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def asked(staff: desk.Staff, claim: Any) -> Approval:
    return ask_approval(claim, staff.agent, "Khách chờ lâu.", amount=Money(5_000_000, "VND"))


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_who_may_sees_it_waiting_and_who_asked_sees_it_asked(asked: Approval, staff: desk.Staff) -> None:
    page = "/desk/approvals/?lang=en"
    assert [len(as_(each).get(page).context["waiting"]) for each in (staff.specialist, staff.manager)] == [1, 1]
    agent = as_(staff.agent).get(page)
    assert (len(agent.context["waiting"]), len(agent.context["asked"])) == (0, 1)
    assert as_(staff.outsider).get(page).status_code == 404
    assert as_(staff.outsider).get(f"/desk/approvals/{asked.pk}/").status_code == 404


def test_asked_on_the_cases_page_and_decided_on_its_own(staff: desk.Staff, claim: Any) -> None:
    agent = as_(staff.agent)
    path = f"/desk/cases/{claim.case_id}/claims/{claim.pk}/ask/"
    assert agent.post(path, {"reason": "Gấp.", "amount": "5.000.000"}).status_code == 302
    approval = Approval.objects.get()
    decide = f"/desk/approvals/{approval.pk}/decide/"
    assert as_(staff.specialist).post(decide, {"verdict": "change", "amount": "nhiều"}).status_code == 409
    assert as_(staff.specialist).post(decide, {"verdict": "change", "amount": "2,000,000"}).status_code == 302
    approval.refresh_from_db()
    assert (approval.state, approval.given_minor) == ("changed", 2_000_000)
    late = as_(staff.manager).post(decide, {"verdict": "approve"})
    assert late.status_code == 409 and "Bình" in late.content.decode()


def test_a_refused_request_keeps_what_was_typed(staff: desk.Staff, claim: Any) -> None:
    path = f"/desk/cases/{claim.case_id}/claims/{claim.pk}/ask/"
    answer = as_(staff.agent).post(path, {"reason": "", "amount": "5.000.000"})
    assert answer.status_code == 409 and 'value="5.000.000"' in answer.content.decode()


def test_looking_at_a_request_decides_nothing(asked: Approval, staff: desk.Staff) -> None:
    as_(staff.specialist).get(f"/desk/approvals/{asked.pk}/?verdict=approve")
    assert as_(staff.specialist).get(f"/desk/approvals/{asked.pk}/decide/").status_code == 405
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_the_inbox_counts_what_waits(asked: Approval, staff: desk.Staff, clock: StandingClock) -> None:
    assert [each[2] for each in as_(staff.manager).get("/desk/").context["calls"]] == ["1", "0"]
    clock.forward(days=3)
    assert [each[2] for each in as_(staff.manager).get("/desk/").context["calls"]] == ["1", "1"]
    assert len(as_(staff.agent).get("/desk/").context["calls"]) == 1


def test_the_watch_list_is_the_managers_and_says_why(staff: desk.Staff, hoa: Any, clock: StandingClock) -> None:
    case = desk.opened(hoa)
    clock.forward(days=3)
    page = as_(staff.manager).get("/desk/watch/?lang=en").content.decode()
    assert case.reference in page and "Nobody moved it since" in page
    assert as_(staff.agent).get("/desk/watch/").status_code == 404


def test_the_case_tells_of_an_absence_and_of_a_wish(staff: desk.Staff, hoa: Any, clock: StandingClock) -> None:
    case = take(desk.opened(hoa), staff.agent)
    absence = away(staff.agent, clock, deputy=staff.colleague)
    page = f"/desk/cases/{case.pk}/?lang=en"
    assert "stands in" in as_(staff.manager).get(page).content.decode()
    receive(case, "Tôi muốn gặp quản lý.", channel="web")
    assert "They ask for somebody higher" in as_(staff.manager).get(page).content.decode()
    clock.set_to(absence.until)
    assert "Give it back to Mai" in as_(staff.manager).get(page).content.decode()


def test_the_customers_button_sends_it_up_once(client: Client, staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    for _ in range(2):
        assert client.post(f"/c/{case.link_key}/higher/").status_code == 302
    case.refresh_from_db()
    assert case.level == "specialist" and desk.codes(case).count("escalated") == 1
    assert "You asked" in client.get(f"/c/{case.link_key}/?lang=en").content.decode()


def test_what_one_asked_for_goes_on_to_the_oldest(asked: Approval, staff: desk.Staff, monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "MOST_OWN", 2)
    for _ in range(2):
        Approval.objects.create(
            **{each.attname: getattr(asked, each.attname) for each in Approval._meta.fields if not each.primary_key}
            | {"state": "refused"}
        )
    browser = as_(staff.agent)
    first, second = (browser.get(f"/desk/approvals/{query}").content.decode() for query in ("", "?asked=2"))
    assert first.count('class="ap-row') == 2 and 'href="?asked=2#ap-asked"' in first
    assert second.count('class="ap-row') == 1 and 'href="?#ap-asked"' in second
