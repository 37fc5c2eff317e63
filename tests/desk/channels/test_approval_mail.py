"""A request for approval by mail: to who may and is on duty, answered with a word, once, by them alone."""

from __future__ import annotations

from email import message_from_string
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.arrivals.intake import take_in
from tantam.desk.channels.email import approvals
from tantam.desk.channels.email.incoming import store
from tantam.desk.claims.actions import ask_approval, decide_approval
from tantam.desk.claims.models import Approval
from tantam.desk.claims.tickets import ticket
from tantam.desk.common.models import DueWork
from tantam.desk.common.money import Money, read
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The mails that were handed over."""
    mails: list[Any] = []
    monkeypatch.setattr(approvals, "hand_over", mails.append)
    return mails


@pytest.fixture
def asked(staff: desk.Staff, claim: Any) -> Approval:
    return ask_approval(claim, staff.agent, "Khách chờ lâu.", amount=Money(5_000_000, "VND"))


def answer(to: Any, body: str, sender: str = "bình@desk.example", number: int = 1) -> Any:
    raw = (
        f"From: {sender}\nTo: desk@tantam.localhost\nSubject: Re: duyet\nMessage-ID: <a{number}@x>\n"
        f"In-Reply-To: {to['Message-ID']}\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
    )
    return take_in(store(raw.encode()).pk)


@pytest.fixture
def letter(asked: Approval, staff: desk.Staff, sent: list[Any]) -> Any:
    staff.specialist.email = "binh@desk.example"
    staff.specialist.save(update_fields=["email"])
    work = DueWork.objects.get(kind="ask_for_approval")
    approvals.ask(work.payload)
    return sent[0]


BINH = "binh@desk.example"


def test_the_mail_says_what_why_and_by_which_clause_and_where_to_decide(
    letter: Any, asked: Approval, staff: desk.Staff
) -> None:
    text = letter.get_content()
    assert letter["To"].addresses[0].addr_spec == BINH
    for part in ("Khách chờ lâu.", asked.clause, "5.000.000 ₫", "/approvals/by-mail/"):
        assert part in text


def test_nothing_is_mailed_once_it_is_decided(asked: Approval, staff: desk.Staff, sent: list[Any]) -> None:
    decide_approval(asked, staff.manager, "approve")
    approvals.ask(DueWork.objects.get(kind="ask_for_approval").payload)
    assert sent == []


@pytest.mark.parametrize("word", ["OK", "ok, cảm ơn em", "Duyệt.", "đồng ý", "genehmigt", "Einverstanden!", "Approved"])
def test_a_yes_in_any_language_approves(word: str, letter: Any, asked: Approval, staff: desk.Staff) -> None:
    kept = answer(letter, word, BINH)
    asked.refresh_from_db()
    assert (kept.case, kept.problem, asked.state, asked.decided_by) == (asked.case, "", "approved", staff.specialist)


def test_a_yes_with_an_amount_approves_less(letter: Any, asked: Approval) -> None:
    answer(letter, "Duyệt 2.000.000 đ", BINH)
    asked.refresh_from_db()
    assert (asked.state, asked.given_minor) == ("changed", 2_000_000)


@pytest.mark.parametrize(
    "word", ["Không duyệt, máy còn bảo hành", "abgelehnt: noch Garantie", "No. Still under warranty"]
)
def test_a_no_refuses_with_the_words_beside_it(word: str, letter: Any, asked: Approval) -> None:
    answer(letter, word, BINH)
    asked.refresh_from_db()
    assert asked.state == "refused" and asked.note and asked.note in word


@pytest.mark.parametrize(
    ("body", "approved"),
    [
        ("No problem, approved", True),
        ("No objections.", True),
        ("Không vấn đề gì, duyệt nhé", True),
        ("Không sao, em duyệt", True),
        ("Kein Problem – genehmigt.", True),
        ("Keine Einwände", True),
        ("Đồng ý, không cần hỏi nữa", True),
        ("I approve", True),
        ("No. Still under warranty", False),
        ("Tôi không duyệt", False),
        ("Không, máy còn bảo hành", False),
        ("No problem.", None),  # may mean either: its writer is asked again
        ("Không sao", None),
        ("No issue with the price, but the photo is missing", None),
        ("No, approved", None),
        ("OK, nhưng không duyệt", None),
        ("Ja, aber nicht genehmigt", None),
    ],
)
def test_an_answer_is_read_by_what_it_says_and_not_by_its_first_letters(body: str, approved: bool | None) -> None:
    said = approvals.verdict_of(body, "VND")
    assert (said.approved if said else None) == approved


def test_an_answer_that_says_neither_decides_nothing_and_its_writer_is_told(
    letter: Any, asked: Approval, sent: list[Any]
) -> None:
    answer(letter, "Để tôi xem đã", BINH)
    asked.refresh_from_db()
    assert asked.state == "waiting" and not asked.case.messages.filter(body__contains="Để tôi xem").exists()
    approvals.tell(DueWork.objects.get(kind="answer_approver").payload)
    assert "Không duyệt" in sent[-1].get_content()


def test_an_answer_under_a_long_name_fits_the_work_that_tells(letter: Any, asked: Approval) -> None:
    answer(letter, "OK", BINH, number=10**80)
    key = DueWork.objects.get(kind="answer_approver").key
    assert len(key) <= DueWork._meta.get_field("key").max_length  # type: ignore[operator]


def test_whose_program_answers_each_letter_is_not_told_for_ever(letter: Any, asked: Approval) -> None:
    for number in range(approvals.TOLD.most + 3):
        answer(letter, "Để tôi xem đã", BINH, number=number)
    assert DueWork.objects.filter(kind="answer_approver").count() == approvals.TOLD.most


def test_of_two_who_answer_the_second_is_told_by_whom_it_was_decided(
    letter: Any, asked: Approval, staff: desk.Staff, sent: list[Any]
) -> None:
    decide_approval(asked, staff.manager, "approve")
    answer(letter, "Không, để sau", BINH)
    approvals.tell(DueWork.objects.get(kind="answer_approver").payload)
    assert "Trâm" in sent[-1].get_content()


def test_somebody_elses_answer_decides_nothing(letter: Any, asked: Approval) -> None:
    kept = answer(letter, "OK", "thief@example.com")
    asked.refresh_from_db()
    assert (asked.state, kept.case, kept.problem) == ("waiting", None, "refused")


def test_a_forged_or_old_ticket_decides_nothing(letter: Any, asked: Approval, clock: StandingClock) -> None:
    forged = message_from_string(f"Message-ID: <approval.{asked.pk}-1.abc.def@x>\n\n")
    kept = answer(forged, "OK", BINH)
    asked.refresh_from_db()
    assert (asked.state, kept.case, kept.problem) == ("waiting", None, "refused")


# ---------------------------------------------------------------------- the page of the link


def test_looking_at_the_page_decides_nothing_and_a_button_does_once(
    client: Client, asked: Approval, staff: desk.Staff
) -> None:
    page = reverse("web:decide_by_mail", args=[ticket(asked, staff.specialist)])
    for _ in range(2):
        assert client.get(page).status_code == 200
    client.head(page)
    asked.refresh_from_db()
    assert asked.state == "waiting"
    assert client.post(page, {"verdict": "approve"}).status_code == 200
    assert client.post(page, {"verdict": "refuse", "note": "Không."}).status_code == 409
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("approved", staff.specialist)


def test_a_wrong_ticket_or_one_of_somebody_gone_leads_nowhere(
    client: Client, asked: Approval, staff: desk.Staff
) -> None:
    good = ticket(asked, staff.specialist)
    assert client.get(reverse("web:decide_by_mail", args=[good[:-2] + "xx"])).status_code == 404
    staff.specialist.is_active = False
    staff.specialist.save(update_fields=["is_active"])
    assert client.get(reverse("web:decide_by_mail", args=[good])).status_code == 404


def test_a_ticket_of_last_week_leads_nowhere(
    client: Client, asked: Approval, staff: desk.Staff, clock: StandingClock
) -> None:
    page = reverse("web:decide_by_mail", args=[ticket(asked, staff.specialist)])
    clock.forward(days=6)
    assert client.get(page).status_code == 200
    clock.forward(days=2)
    assert client.get(page).status_code == client.post(page, {"verdict": "approve"}).status_code == 404


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [
        ("5.000.000 ₫", "VND", 5_000_000),
        ("5,000,000", "VND", 5_000_000),
        ("500000 VND", "VND", 500_000),
        ("12,50 €", "EUR", 1250),
        ("1.200", "EUR", 120_000),
        ("1.200,5", "EUR", 120_050),
        ("12,5", "VND", None),
        ("-5", "VND", None),
        ("nhiều", "VND", None),
        ("1.20.000", "VND", None),
        ("9" * 30, "VND", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str, currency: str, minor: int | None) -> None:
    found = read(written, currency)
    assert (found.minor if found else None) == minor
