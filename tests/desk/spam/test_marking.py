"""What strangers write waits where it looks like spam; colleagues let it in or not, and the score learns from each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals import intake
from tantam.desk.arrivals.access import stopped_for, thrown_for, waiting_for
from tantam.desk.arrivals.clearing import KEPT, clear
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.actions import receive, resolve
from tantam.desk.cases.models import Case, Message, Promise
from tantam.desk.channels.email import incoming, waiting
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers import consent
from tantam.desk.customers.models import Customer, Purpose
from tantam.desk.feedback import asking
from tantam.desk.feedback.actions import rate
from tantam.desk.feedback.models import Rating
from tantam.desk.spam import actions, screen
from tantam.desk.spam.models import Learned, Mark
from tantam.desk.spam.names import Words
from tests.desk.channels.letters import mail
from tests.support import desk
from tests.support.clock import StandingClock

SPAM = (
    "Nhà cái uy tín, đăng ký tặng 100k, nạp rút nhanh, cá cược bóng đá, nổ hũ, tài xỉu. "
    "Link vào https://nohu-vn.top/a https://nohu-vn.vip/b nhóm t.me/nohuvip"
)
DOUBTFUL = "Tặng mã tân thủ nổ hũ, xem ở https://qua.top"
STRANGER = "Ai Đó <ai@quang-cao.example>"


def _taken(body: str, number: int = 1, sender: str = STRANGER) -> Arrival:
    return intake.take_in(incoming.store(mail(body, sender=sender, Message_ID=f"<{number}@x>", Subject="Chào")).pk)


@pytest.fixture
def spam(plan: object) -> Arrival:
    return _taken(SPAM)


@pytest.fixture
def doubtful(plan: object) -> Arrival:
    return _taken(DOUBTFUL, 2)


def test_spam_is_stopped_and_stays_visible(spam: Arrival, staff: desk.Staff) -> None:
    assert spam.problem == Problem.SPAM and spam.because["links"] == 2 and spam.because["words"]
    assert not Case.objects.exists() and not waiting_for(staff.agent)
    assert list(stopped_for(staff.agent)) == [spam]
    assert not stopped_for(staff.outsider)


def test_doubtful_waits_and_its_sender_is_told(doubtful: Arrival, spam: Arrival, staff: desk.Staff) -> None:
    assert doubtful.problem == Problem.DOUBTFUL and list(waiting_for(staff.agent)) == [doubtful]
    (asked,) = DueWork.objects.filter(kind=waiting.ANSWER)
    assert asked.payload["arrival"] == doubtful.pk  # and nobody is told of what is surely spam


def test_letter_says_the_truth(doubtful: Arrival, monkeypatch: pytest.MonkeyPatch, staff: desk.Staff) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(waiting, "hand_over", sent.append)
    told = DueWork.objects.get(kind=waiting.ANSWER).payload
    waiting.tell(told)
    assert sent[0]["To"] and sent[0]["In-Reply-To"] == "<2@x>" and sent[0]["Auto-Submitted"] == "auto-generated"
    actions.let_in(doubtful, staff.agent)
    waiting.tell(told)
    assert len(sent) == 1  # the case has its own letter


def test_known_customer_is_never_looked_at(plan: object, hoa: Customer) -> None:
    taken = _taken(SPAM, sender="Hoa <hoa@example.com>")
    assert taken.case is not None and taken.case.customer == hoa


def test_what_is_let_in_is_owed_since_it_came(doubtful: Arrival, staff: desk.Staff, clock: StandingClock) -> None:
    came = clock.instant
    clock.forward(hours=3)
    case = actions.let_in(doubtful, staff.agent)
    assert case.opened_at == came and case.messages.get(direction="incoming").written_at == came
    assert {each.made_at for each in Promise.objects.filter(case=case)} == {came}
    assert case.messages.get(direction="outgoing").written_at == clock.instant
    assert case.events.get(code="from_tray").args["problem"] == "doubtful"


def test_what_was_late_by_then_is_broken_not_forgiven(
    doubtful: Arrival, staff: desk.Staff, clock: StandingClock
) -> None:
    clock.forward(days=20)
    case = actions.let_in(doubtful, staff.agent)
    assert case.next_due_at is not None and case.next_due_at < clock.instant


def test_marks_teach_and_taking_back_unteaches(spam: Arrival, staff: desk.Staff) -> None:
    before = screen.score_of(Words(body=SPAM), []).points
    actions.call_spam(spam, staff.agent)
    after = screen.score_of(Words(body=SPAM), []).points
    assert after >= before and Learned.objects.get(name="").spam == 1
    assert list(thrown_for(staff.agent)) == [spam]
    for _ in range(2):
        actions.take_back(spam, staff.agent)
    assert screen.score_of(Words(body=SPAM), []).points == before and not Learned.objects.exists()
    assert Mark.objects.get().undone_at is not None


def test_similar_mail_passes_once_it_was_let_in(doubtful: Arrival, staff: desk.Staff) -> None:
    case = actions.let_in(doubtful, staff.agent)
    assert case.customer.name == "Ai Đó"
    again = _taken(DOUBTFUL + " nhé", 3, sender="Khác <khac@other.example>")
    assert again.case is not None


def test_two_who_mark_at_once_are_one(spam: Arrival, staff: desk.Staff) -> None:
    actions.call_spam(spam, staff.agent)
    with pytest.raises(Refused, match="tray_seen_to"):
        actions.let_in(spam, staff.colleague)
    assert Mark.objects.count() == 1 and not Case.objects.exists()


def test_nobody_else_marks(spam: Arrival, hoa: Customer, staff: desk.Staff) -> None:
    partner = Person.objects.create(email="p@x.example", name="Chở", level="agent", provider="carriers", password="!")
    case = desk.opened(hoa)
    for nobody in (partner, staff.outsider):
        for act, what in ((actions.call_spam, spam), (actions.let_in, spam), (actions.take_back, spam)):
            with pytest.raises(Http404):
                act(what, nobody)
        with pytest.raises(Http404):
            actions.call_case_spam(case, nobody)
    assert not Mark.objects.exists()


def test_stopped_spam_is_deleted_after_thirty_days(spam: Arrival, doubtful: Arrival, clock: StandingClock) -> None:
    clock.forward(days=KEPT / timedelta(days=1))
    clear({})
    assert Arrival.objects.count() == 2
    clock.forward(seconds=1)
    clear({})
    assert list(Arrival.objects.all()) == [doubtful]


def test_case_is_closed_as_spam_without_a_letter(hoa: Customer, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    letters = case.messages.filter(direction="outgoing").count()
    actions.call_case_spam(case, staff.agent)
    case.refresh_from_db()
    assert case.status == Case.Status.RESOLVED and case.next_due_at is None
    assert case.messages.filter(direction="outgoing").count() == letters
    assert not Promise.objects.filter(case=case, state="owed").exists()
    assert {"called_spam", "resolved", "withdrawn"} <= set(desk.codes(case))


def test_who_wrote_spam_is_asked_nothing_and_may_not_say_how_it_was(
    hoa: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    consent.keep(hoa, None, consent.Word(Purpose.SURVEY.value), given=True)
    before, case = desk.opened(hoa), desk.opened(hoa)
    resolve(before, staff.agent)
    receive(before, "Vẫn kêu.", channel="web")
    for each in (before, case):
        actions.call_case_spam(each, staff.agent)
    clock.forward(days=3)
    assert [each.payload["case"] for each in DueWork.objects.filter(kind=asking.ASK)] == [before.pk]  # of its settling
    asking.ask({"case": before.pk})
    assert not Rating.objects.exists() and not Message.objects.filter(purpose=Purpose.SURVEY.value).exists()
    with pytest.raises(Refused, match="not_asked"):
        rate(case, 1)
    actions.clear_case(case, staff.agent)
    resolve(case, staff.agent)
    assert rate(case, 5).score == 5


def test_calling_a_case_spam_is_taken_back(hoa: Customer, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    actions.call_case_spam(case, staff.agent)
    actions.clear_case(case, staff.colleague)
    case.refresh_from_db()
    assert case.status == Case.Status.OPEN and Promise.objects.filter(case=case, state="owed").exists()
    assert Learned.objects.get(name="").spam == 0 and Learned.objects.get(name="").ham == 1
    with pytest.raises(Refused, match="not_spam"):
        actions.clear_case(case, staff.colleague)


def test_screen_that_fails_lets_everything_through(plan: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(screen, "names_in", broken)
    assert _taken(SPAM).case is not None
