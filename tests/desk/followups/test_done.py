"""What is done when its time has come: once, outside of quiet hours, and only for who agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.calls.access import to_call
from tantam.desk.cases.actions import reopen, resolve
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.channels.email import follow_ups as mailing
from tantam.desk.common import work
from tantam.desk.customers import consent
from tantam.desk.customers.models import Contact, Customer, Purpose
from tantam.desk.customers.stopping import stop
from tantam.desk.followups import agreeing, doing
from tantam.desk.followups.looking import look
from tantam.desk.followups.models import FollowUp
from tests.support import desk
from tests.support.clock import StandingClock

State, Reason = FollowUp.State, FollowUp.Reason


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The mails that a server took."""
    took: list[Any] = []
    monkeypatch.setattr(mailing, "hand_over", took.append)
    return took


def _agrees(hoa: Customer, purpose: Purpose = Purpose.SURVEY, *, given: bool = True) -> None:
    consent.keep(hoa, None, consent.Word(purpose.value), given=given)


def _phone(hoa: Customer) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value="+84912345678")


def _settled(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> FollowUp:
    """Return what follows a settled case, whose time has come."""
    resolve(desk.opened(hoa), staff.agent)
    clock.forward(days=7, minutes=1)
    return FollowUp.objects.get(row="listen")


def _bought(hoa: Customer, clock: StandingClock, **more: Any) -> FollowUp:
    bought = desk.purchase(hoa, days_ago=6, **more)
    look({})
    clock.forward(days=1, minutes=1)
    return FollowUp.objects.get(purchase=bought)


def _do(found: FollowUp) -> FollowUp:
    doing.do_follow_up({"follow_up": found.pk})
    found.refresh_from_db()
    return found


def test_who_agreed_gets_one_letter_however_often_it_is_done(
    hoa: Customer, staff: desk.Staff, clock: StandingClock, went: list[Any]
) -> None:
    _agrees(hoa)
    found = _settled(hoa, staff, clock)
    for _ in range(2):
        _do(found)
        mailing.send_follow_up({"follow_up": found.pk})
    (mail,) = went
    found.refresh_from_db()
    assert (found.state, found.mail, found.delivered_at) == (State.SENT, "hoa@example.com", clock.instant)
    body = mail.get_body(("plain",)).get_content()
    assert f"/well/{found.link_key}/" in body and "/letters/" in body
    assert (mail["To"].addresses[0].addr_spec, mail["Content-Language"]) == ("hoa@example.com", "vi")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_never_agreed_is_not_written_to(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    found = _do(_settled(hoa, staff, clock))
    assert (found.state, found.reason) == (State.WITHHELD, Reason.NEVER_AGREED)


def test_what_nobody_did_for_days_is_not_done_any_more(
    hoa: Customer, staff: desk.Staff, clock: StandingClock, went: list[Any]
) -> None:
    _agrees(hoa)
    found = _settled(hoa, staff, clock)
    clock.forward(days=4)
    assert _do(found).reason == Reason.TOO_LATE


def test_who_said_no_is_not_written_to(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    _agrees(hoa)
    _agrees(hoa, given=False)
    assert _do(_settled(hoa, staff, clock)).reason == Reason.SAID_NO


def test_word_for_questions_is_none_for_offers(hoa: Customer, plan: Any) -> None:
    _agrees(hoa)
    of_contract = FollowUp(customer=hoa, event="contract_ends")
    asked = FollowUp(customer=hoa, event="handed_over")
    assert agreeing.why_not(asked, plan, in_person=False) is None
    assert agreeing.why_not(of_contract, plan, in_person=False) == Reason.NEVER_AGREED


def test_no_that_is_said_before_the_letter_went_keeps_it(
    hoa: Customer, staff: desk.Staff, clock: StandingClock, went: list[Any]
) -> None:
    _agrees(hoa)
    found = _do(_settled(hoa, staff, clock))
    stop(hoa, Purpose.SURVEY)
    mailing.send_follow_up({"follow_up": found.pk})
    found.refresh_from_db()
    assert (went, found.state, found.reason) == ([], State.WITHHELD, Reason.SAID_NO)


def test_quiet_hours_put_it_off(
    hoa: Customer, staff: desk.Staff, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, went: list[Any]
) -> None:
    _agrees(hoa)
    found = _settled(hoa, staff, clock)
    until = clock.instant + timedelta(hours=6)
    monkeypatch.setattr(agreeing, "quiet_until", lambda *_: until)
    with pytest.raises(work.Later) as put_off:
        _do(found)
    assert put_off.value.at == until
    found.refresh_from_db()
    assert found.state == State.PLANNED
    monkeypatch.setattr(agreeing, "quiet_until", lambda *_: None)
    _do(found)
    monkeypatch.setattr(agreeing, "quiet_until", lambda *_: until)
    with pytest.raises(work.Later):
        mailing.send_follow_up({"follow_up": found.pk})
    assert went == []


def test_call_stands_among_the_calls_back_with_its_script(
    hoa: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    _agrees(hoa)
    _phone(hoa)
    found = _do(_bought(hoa, clock))
    (owed,) = to_call(staff.agent)
    assert (owed.case, owed.clause) == (found.led_to, "follow_ups#settle")
    assert owed.due_at > clock.instant
    assert "Máy giặt 9 kg" in found.led_to.subject
    assert "chúng tôi gọi hỏi máy dùng có tốt không" in found.led_to.messages.get().body
    assert desk.codes(found.led_to) == ["opened", "noted", "promised", "follow_up_begun"]
    assert list(found.led_to.promises.values_list("kind", flat=True)) == ["call_back"]


def test_call_is_asked_for_once_however_often_it_is_done(hoa: Customer, clock: StandingClock) -> None:
    _agrees(hoa)
    _phone(hoa)
    found = _bought(hoa, clock)
    _do(found)
    _do(found)
    assert Case.objects.filter(customer=hoa).count() == 1


def test_what_ends_in_the_middle_leaves_nothing_and_is_done_anew(
    hoa: Customer, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _agrees(hoa)
    _phone(hoa)
    found = _bought(hoa, clock)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(doing, "_tell", killed)
        _do(found)
    found.refresh_from_db()
    assert (found.state, Case.objects.count()) == (State.PLANNED, 0)
    assert _do(found).state == State.TO_CALL
    assert Case.objects.count() == 1


def test_nobody_is_called_without_a_number(hoa: Customer, clock: StandingClock) -> None:
    _agrees(hoa)
    assert _do(_bought(hoa, clock)).reason == Reason.NO_ADDRESS


def test_same_is_not_asked_for_each_thing_of_an_order(hoa: Customer, clock: StandingClock) -> None:
    _agrees(hoa)
    _phone(hoa)
    desk.purchase(hoa, days_ago=6, number="BX-1002")
    first = _bought(hoa, clock)
    other = FollowUp.objects.exclude(pk=first.pk).get()
    assert _do(first).state == State.TO_CALL
    assert _do(other).reason == Reason.ASKED_LATELY


def test_case_that_is_open_again_is_left_alone(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    _agrees(hoa)
    found = _settled(hoa, staff, clock)
    reopen(found.case)
    with pytest.raises(work.Later):
        _do(found)
    resolve(Case.objects.get(pk=found.case_id), staff.agent)
    with pytest.raises(work.Later) as later:
        _do(found)
    assert later.value.at == clock.instant + timedelta(days=7)


def test_call_of_ours_is_followed_by_nothing(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    _agrees(hoa)
    _phone(hoa)
    found = _do(_bought(hoa, clock))
    resolve(found.led_to, staff.agent)
    assert FollowUp.objects.count() == 1
    assert not CaseEvent.objects.filter(code="rating_asked").exists()
