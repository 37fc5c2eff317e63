"""What a customer says to a decision: accepted or disputed, on what they read, taken back until somebody acts on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from tantam.desk.cases.actions import add_note, reply, resolve, take
from tantam.desk.cases.models import Case, Message, Promise
from tantam.desk.claims.actions import accept, dispute, file_claim, grant, take_back
from tantam.desk.claims.models import Claim, Stance
from tantam.desk.claims.stances import decision_of
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Customer
from tantam.desk.notices.listening import NOTIFY
from tantam.desk.notices.making import notify
from tantam.desk.notices.models import Kind, Notice
from tantam.desk.notices.words import title
from tests.desk.portal.pages import Visitor, forms, text
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def refused(hoa: Customer) -> Claim:
    """The price fell too late: what is on record says so, and the plan refuses at once."""
    bought = desk.purchase(hoa, days_ago=40)
    return file_claim(desk.concern(hoa, purchase=bought, topic="price_drop"), policy="price_promise")


@pytest.fixture
def granted(hoa: Customer, staff: desk.Staff) -> Claim:
    bought = desk.purchase(hoa, number="BX-2002", days_ago=3)
    told = {"fault": "none", "condition": "unopened"}
    asked = file_claim(desk.concern(hoa, purchase=bought, topic="return_goods", told=told), policy="refund")
    return grant(asked, staff.specialist)


@pytest.fixture
def told_no(hoa: Customer) -> Claim:
    """A no that rests on what she told, and that a person may still grant."""
    bought = desk.purchase(hoa, number="BX-3003", days_ago=40)
    told = {"fault": "none", "condition": "like_new"}
    return file_claim(desk.concern(hoa, purchase=bought, topic="return_goods", told=told), policy="refund")


def _page(claim: Claim) -> str:
    return f"/c/{claim.case.link_key}/"


def _number(claim: Claim) -> int:
    found = decision_of(claim)
    assert found
    return found


def _say(visitor: Visitor, claim: Claim, what: str, **written: Any) -> Any:
    path = f"{_page(claim)}{what}/"
    return visitor.client.post(path, {**forms(visitor.get(_page(claim)))[path], **written})


def test_example_refuses_one_and_grants_another(refused: Claim, granted: Claim) -> None:
    assert (refused.state, granted.state) == (Claim.State.REFUSED, Claim.State.GRANTED)


def test_accepting_is_told_and_shown(visitor: Visitor, granted: Claim) -> None:
    answer = _say(visitor, granted, "accept")
    assert (answer.status_code, answer.url) == (302, _page(granted) + "#decision")
    shown = text(visitor.get(_page(granted)))
    assert "You accepted this" in shown and "We carry it out as we promised" in shown
    assert desk.codes(granted.case).count("accepted") == 1


def test_disputing_goes_up_by_the_plan_and_an_answer_is_owed(
    visitor: Visitor, refused: Claim, staff: desk.Staff, clock: StandingClock
) -> None:
    reply(refused.case, staff.agent, "Dạ, quá hạn rồi ạ.")
    clock.forward(minutes=5)
    refused.case.refresh_from_db()
    before = refused.case.level
    assert not refused.case.promises.filter(kind="first_reply", state=Promise.State.OWED).exists()
    _say(visitor, refused, "dispute", reason="Máy hỏng từ ngày đầu.")
    refused.case.refresh_from_db()
    stance = Stance.objects.get()
    assert (before, refused.case.level, stance.level_before) == ("agent", "specialist", "agent")
    assert refused.case.promises.get(kind="first_reply", state=Promise.State.OWED) == stance.promise
    said = refused.case.messages.get(direction=Message.Direction.INCOMING, body="Máy hỏng từ ngày đầu.")
    told = refused.case.events.get(code="disputed")
    assert told.args["message"] == said.pk and told.clause == refused.clause
    shown = text(visitor.get(_page(refused)))
    assert "You disputed this" in shown and "Máy hỏng từ ngày đầu." in shown


def test_who_would_decide_is_named_before_one_disputes(visitor: Visitor, refused: Claim) -> None:
    assert "By our plan it then goes to: Specialist." in text(visitor.get(_page(refused)))


def test_who_has_the_case_is_told_of_the_dispute(refused: Claim, staff: desk.Staff) -> None:
    take(refused.case, staff.agent)
    dispute(refused, _number(refused), "Không đúng.")
    for each in DueWork.objects.filter(kind=NOTIFY).order_by("id"):
        notify(each.payload)
    (notice,) = Notice.objects.filter(person=staff.agent, kind=Kind.CUSTOMER)
    with translation.override("en"):
        assert notice.code == "disputed" and "disputes the decision" in title(notice)


def test_disputing_a_settled_case_opens_it_again(visitor: Visitor, refused: Claim, staff: desk.Staff) -> None:
    resolve(refused.case, staff.agent)
    _say(visitor, refused, "dispute", reason="Chưa xong đâu.")
    refused.case.refresh_from_db()
    assert (refused.case.status, refused.case.reopened) == (Case.Status.OPEN, 1)


def test_dispute_taken_back_comes_down_and_owes_no_more(
    visitor: Visitor, refused: Claim, staff: desk.Staff, clock: StandingClock
) -> None:
    reply(refused.case, staff.agent, "Dạ, quá hạn rồi ạ.")
    clock.forward(minutes=5)
    _say(visitor, refused, "dispute", reason="Không đúng.")
    owed = Stance.objects.get().promise
    add_note(refused.case, staff.specialist, "Xem giúp.")  # reading is not acting
    _say(visitor, refused, "take-back")
    refused.case.refresh_from_db()
    assert refused.case.level == "agent"
    assert owed and Promise.objects.get(pk=owed.pk).state == Promise.State.WITHDRAWN
    assert not Stance.objects.exists()
    shown = text(visitor.get(_page(refused)))
    assert "What do you say to this?" in shown and "You asked that somebody higher" not in shown


def test_what_somebody_acted_on_is_not_taken_back(visitor: Visitor, refused: Claim, staff: desk.Staff) -> None:
    _say(visitor, refused, "dispute", reason="Không đúng.")
    number = _number(refused)
    reply(refused.case, staff.specialist, "Tôi xem ngay.")
    assert "Take this back" not in text(visitor.get(_page(refused)))
    with pytest.raises(Refused, match="acted_on"):
        take_back(refused, number)
    answer = visitor.client.post(f"{_page(refused)}take-back/", {"decision": number})
    assert answer.status_code == 409 and "Somebody acted on it already" in text(answer)


def test_twice_is_once(refused: Claim, granted: Claim) -> None:
    for _ in range(2):
        dispute(refused, _number(refused), "Không đúng.")
        accept(granted, _number(granted))
    assert refused.case.messages.filter(body="Không đúng.").count() == 1
    assert desk.codes(refused.case).count("disputed") == desk.codes(granted.case).count("accepted") == 1


def test_one_says_either_and_not_both(granted: Claim) -> None:
    accept(granted, _number(granted))
    with pytest.raises(Refused, match="said_already"):
        dispute(granted, _number(granted), "Không.")
    take_back(granted, _number(granted))
    assert dispute(granted, _number(granted), "Không.").kind == Stance.Kind.DISPUTED


def test_page_that_is_older_than_the_decision_says_nothing_to_it(
    visitor: Visitor, told_no: Claim, staff: desk.Staff, clock: StandingClock
) -> None:
    stale = forms(visitor.get(_page(told_no)))[f"{_page(told_no)}accept/"]
    clock.forward(minutes=1)
    grant(told_no, staff.manager, amount=Money(100_000, "VND"), reason="Thiện chí.")
    answer = visitor.client.post(f"{_page(told_no)}accept/", stale)
    assert answer.status_code == 409 and "decided anew" in text(answer)
    assert not Stance.objects.exists()


def test_new_decision_is_asked_anew(visitor: Visitor, told_no: Claim, staff: desk.Staff, clock: StandingClock) -> None:
    _say(visitor, told_no, "dispute", reason="Không đúng.")
    clock.forward(minutes=1)
    grant(told_no, staff.manager, amount=Money(100_000, "VND"), reason="Thiện chí.")
    assert "What do you say to this?" in text(visitor.get(_page(told_no)))
    _say(visitor, told_no, "accept")
    assert "You accepted this" in text(visitor.get(_page(told_no)))


def test_what_is_written_stays_when_it_says_too_little(visitor: Visitor, refused: Claim) -> None:
    path = f"{_page(refused)}dispute/"
    answer = visitor.client.post(path, {"decision": _number(refused), "reason": " " * 3})
    assert answer.status_code == 422 and "Say why" in text(answer)
    long = "x" * 20_001
    answer = visitor.client.post(path, {"decision": _number(refused), "reason": long})
    assert answer.status_code == 422 and long in answer.content.decode()


def test_what_is_not_decided_is_not_asked_about(visitor: Visitor, hoa: Customer) -> None:
    open_one = file_claim(desk.concern(hoa, told={"fault": "ours", "owned": "12 days"}), policy="exchange")
    assert open_one.state == Claim.State.OPEN
    assert "What do you say to this?" not in text(visitor.get(_page(open_one)))
    assert visitor.client.post(f"{_page(open_one)}accept/", {"decision": 1}).status_code == 409


@pytest.mark.parametrize("tail", ["accept/", "dispute/", "take-back/"])
def test_saying_something_is_never_a_link_and_needs_the_cases_own(visitor: Visitor, refused: Claim, tail: str) -> None:
    assert visitor.get(_page(refused) + tail).status_code == 405
    assert visitor.client.post(f"/c/{'0' * 22}/{tail}", {"decision": 1}).status_code == 404
    assert visitor.client.post(_page(refused) + tail, {"decision": "x"}).status_code in (302, 409, 422)
    assert not Stance.objects.exists()


def test_letters_of_one_case_say_nothing_to_anothers(visitor: Visitor, refused: Claim) -> None:
    other = desk.opened(desk.customer(name="Lê Nam", mail="nam@example.com"))
    answer = visitor.client.post(f"/c/{other.link_key}/accept/", {"decision": _number(refused)})
    assert answer.status_code == 404 and not Stance.objects.exists()


def test_case_stays_disputed_for_as_long_as_nobody_decides(
    visitor: Visitor, refused: Claim, clock: StandingClock
) -> None:
    _say(visitor, refused, "dispute", reason="Không đúng.")
    clock.forward(days=2)
    assert "You disputed this" in text(visitor.get(_page(refused)))
