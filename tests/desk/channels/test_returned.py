"""Letters that came back: the address is marked, who has the case is told, nothing is answered and nothing reopened."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Problem
from tantam.desk.cases.actions import reply, resolve, take
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import incoming
from tantam.desk.common import work
from tantam.desk.customers.actions import give_consent
from tantam.desk.customers.consent import Word, may
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.customers.reaching import unreached_since
from tantam.desk.notices.models import Notice
from tests.support import desk

GONE, FULL = ("failed", "5.1.1", "550 5.1.1 no such user"), ("failed", "4.2.2", "452 4.2.2 mailbox full")
LATE = ("delayed", "4.4.1", "connection timed out")


@pytest.fixture
def case(hoa: Customer, staff: desk.Staff) -> Case:
    made = desk.opened(hoa)
    take(made, staff.agent)
    return made


def letter_in(case: Case) -> Message:
    found: Message = case.messages.filter(direction="outgoing").order_by("id")[0]
    return found


def bounce(about: str, said: tuple[str, str, str] = GONE, to: str = "hoa@example.com") -> bytes:
    action, status, words = said
    return f"""From: MAILER-DAEMON@mx.example
To: desk@tantam.localhost
Subject: Undelivered Mail Returned to Sender
Message-ID: <{action}{status}.{len(about)}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: message/rfc822

Message-ID: {about}
To: {to}
Subject: x

x
--b--
""".replace("\n", "\r\n").encode()


def complaint(about: str) -> bytes:
    return f"""From: fbl@mx.example
To: desk@tantam.localhost
Subject: complaint
Message-ID: <fbl@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

x
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: x/1
Version: 1
Original-Rcpt-To: hoa@example.com

--b
Content-Type: message/rfc822

Message-ID: {about}
Subject: x

x
--b--
""".replace("\n", "\r\n").encode()


def comes(raw: bytes) -> Any:
    return intake.take_in(incoming.store(raw).pk)


def test_address_that_is_gone_is_marked_once_and_the_owner_told(case: Case, staff: desk.Staff) -> None:
    before = desk.codes(case)
    for _ in range(2):
        kept = comes(bounce(letter_in(case).message_id or ""))
        assert (kept.problem, kept.case) == (Problem.AUTOMATIC, None)
    comes(bounce(letter_in(case).message_id or "").replace(b"failed5.1.1", b"again"))
    contact = case.customer.contacts.get()
    assert (contact.bounced_at is not None, contact.bounced_why) == (True, "5.1.1")
    assert desk.codes(case) == [*before, "bounced"]
    while work.run_due(50):
        pass
    assert Notice.objects.filter(person=staff.agent, code="bounced").count() == 1


def test_nothing_is_answered_and_nothing_reopened(case: Case, staff: desk.Staff) -> None:
    resolve(case, staff.agent, "Xong.")
    said = case.messages.count()
    comes(bounce(letter_in(case).message_id or ""))
    case.refresh_from_db()
    assert (case.status, case.messages.count(), Case.objects.count()) == ("resolved", said, 1)


def test_full_mailbox_is_told_and_marks_nothing(case: Case) -> None:
    comes(bounce(letter_in(case).message_id or "", FULL))
    assert case.events.get(code="bounced").args["lasting"] is False
    assert unreached_since(case.customer) is None


def test_letter_that_is_only_late_is_no_news(case: Case) -> None:
    comes(bounce(letter_in(case).message_id or "", LATE))
    assert "bounced" not in desk.codes(case)


@pytest.mark.parametrize("about", ["<forged@tantam.localhost>", "<x@elsewhere.example>"])
def test_report_that_names_no_letter_of_ours_changes_nothing(case: Case, about: str) -> None:
    comes(bounce(about))
    assert "bounced" not in desk.codes(case) and unreached_since(case.customer) is None


def test_next_letter_goes_to_another_address_if_there_is_one(case: Case, staff: desk.Staff) -> None:
    Contact.objects.create(customer=case.customer, kind="mail", value="hoa@work.example")
    assert mail_of(case.customer) == "hoa@example.com"
    comes(bounce(letter_in(case).message_id or ""))
    assert reply(case, staff.agent, "Chào chị.").sent_to == "hoa@work.example"


def test_only_address_is_still_written_to(case: Case, staff: desk.Staff) -> None:
    comes(bounce(letter_in(case).message_id or ""))
    assert reply(case, staff.agent, "Chào chị.").sent_to == "hoa@example.com"


def test_mail_from_the_address_clears_the_mark(case: Case) -> None:
    comes(bounce(letter_in(case).message_id or ""))
    comes(b"From: Hoa@example.com\r\nMessage-ID: <new@x>\r\nSubject: May\r\n\r\nTo i day.\r\n")
    assert unreached_since(case.customer) is None


def test_a_colleague_sees_the_mark_in_the_composer_and_clears_it_by_hand(
    case: Case, staff: desk.Staff, client: Client
) -> None:
    comes(bounce(letter_in(case).message_id or ""))
    client.force_login(staff.agent)
    said = "Their mail address has taken no mail since"
    assert said in client.get(f"/desk/cases/{case.pk}/?lang=en").content.decode()
    page = f"/desk/customers/{case.customer_id}/"
    assert "takes no mail since" in client.get(f"{page}?lang=en").content.decode()
    client.post(f"{page}reach/", {"do": "reach", "contact": case.customer.contacts.get().pk})
    assert unreached_since(case.customer) is None
    assert said not in client.get(f"/desk/cases/{case.pk}/?lang=en").content.decode()


def test_complaint_ends_what_is_no_service_and_nothing_else(case: Case) -> None:
    for purpose in ("survey", "marketing"):
        give_consent(case.customer, None, Word(purpose))
    for _ in range(2):
        comes(complaint(letter_in(case).message_id or ""))
    assert desk.codes(case).count("complained") == 1
    told = [may(case.customer, each, "mail") for each in ("survey", "marketing", "service")]
    assert told == [False, False, True]
    assert unreached_since(case.customer) is None
