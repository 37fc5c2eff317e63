"""Who wrote a mail: machines are told from people by what they say of themselves, not by what a text is about."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.channels.email.machine import Machine
from tantam.desk.channels.email.reading import ReadMail, read
from tests.desk.channels.corpora import mails_of


def _read(*lines: str) -> ReadMail:
    return read("\r\n".join(lines).encode())


AWAY = [
    ("Auto-Submitted: auto-replied", "Subject: Re: Máy giặt", "Tôi đang nghỉ phép đến hết tuần."),
    ("Auto-Submitted: auto-replied", "Subject: AW: Waschmaschine", "Ich bin bis Montag nicht im Büro."),
    ("X-Autoreply: yes", "Subject: Re: fridge", "I am out of the office until Monday."),
    ("X-Mailer: x", "Subject: Automatic reply: Out of the office", "Back on Monday."),
    ("X-Mailer: x", "Subject: Abwesenheitsnotiz: Waschmaschine", "Ich bin am Montag zurück."),
    ("X-Mailer: x", "Subject: Trả lời tự động: Máy giặt", "Tôi vắng mặt tuần này."),
    ("X-Mailer: x", "Subject: Réponse automatique : frigo", "Je suis absent jusqu'à lundi."),
]


@pytest.mark.parametrize(("head", "subject", "text"), AWAY)
def test_who_is_away_is_out_of_office(head: str, subject: str, text: str) -> None:
    assert _read("From: a@example.org", head, subject, "", text).machine == Machine.OUT_OF_OFFICE


@pytest.mark.parametrize(
    ("head", "machine"),
    [
        ("Auto-Submitted: auto-replied", Machine.AUTO_REPLY),
        ("Auto-Submitted: auto-generated (cron)", Machine.AUTO_REPLY),
        ("Precedence: auto_reply", Machine.AUTO_REPLY),
        ("Subject: Autoreply: we have received your request", Machine.AUTO_REPLY),
        ("Return-Path: <>", Machine.AUTO_REPLY),
        ("List-Id: <news.example.org>", Machine.LIST),
        ("Precedence: bulk", Machine.LIST),
        ("List-Unsubscribe: <https://example.org/off>", Machine.LIST),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", Machine.RECEIPT),
    ],
)
def test_header_says_which_machine(head: str, machine: Machine) -> None:
    assert _read("From: a@example.org", head, "", "Hello").machine == machine


@pytest.mark.parametrize("name", ["no-reply", "noreply-shop", "donotreply", "MAILER-DAEMON", "postmaster"])
def test_name_of_nobody_is_a_machine(name: str) -> None:
    assert _read(f"From: {name}@example.org", "Subject: Your order", "", "It was sent.").machine == Machine.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Out of office", "Thanks, I saw that you are away."),
        ("Out of office chairs", "Do you have any left?"),
        ("Automatic door is broken", "It does not open."),
        ("Abwesenheit: Termin am Freitag", "Bitte verschieben, ich bin im Urlaub."),
        ("Lieferung", "Das Paket konnte nicht zugestellt werden, 550 Euro sind weg."),
        ("Undelivered parcel", "My parcel was not delivered. Status: lost. Action: refund, please."),
        ("Thư bị trả lại", "Tôi gửi thư không được, hộp thư báo đầy."),
        ("Fwd: Returned mail: see transcript for details", "550 5.1.1 <hoa@example.org>... User unknown"),
    ],
)
def test_person_who_writes_of_such_things_is_a_person(subject: str, text: str) -> None:
    assert _read("From: Hoa <hoa@example.org>", f"Subject: {subject}", "", text).machine == Machine.NONE


@pytest.mark.parametrize("head", ["Feedback-ID: 1:user:proton", "X-MS-Exchange-Inbox-Rules-Loop: desk@example.org"])
def test_header_that_services_put_on_everybodys_mail_makes_no_machine(head: str) -> None:
    assert _read("From: hoa@example.org", head, "", "Máy hỏng.").machine == Machine.NONE


def test_group_of_our_own_domain_hands_on_what_people_write(settings: Any) -> None:
    settings.MAIL_FROM = "desk@firm.example"
    head = ("Precedence: list", "List-Id: Support <support.firm.example>", "List-Unsubscribe: <mailto:x@firm.example>")
    assert _read("From: hoa@example.org", *head, "", "Máy hỏng.").machine == Machine.NONE
    assert _read("From: hoa@example.org", *head, "Auto-Submitted: auto-replied", "", "x").automatic
    assert _read("From: no-reply@example.org", *head, "", "x").automatic
    assert _read("From: hoa@example.org", "List-Id: <news.otherfirm.example>", "", "x").machine == Machine.LIST


def test_shop_whose_parcel_was_not_delivered_reports_no_mail() -> None:
    mail = _read("From: no-reply@shop.example", "Subject: Delivery failed", "", "Call hoa@example.org: status lost.")
    assert (mail.machine, mail.bounce) == (Machine.AUTO_REPLY, None)


def test_mail_in_a_mail_does_not_speak_for_it() -> None:
    mail = _read(
        "From: hoa@example.org",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "",
        "What is this?",
        "--b",
        "Content-Type: message/rfc822",
        "",
        "From: mailer-daemon@example.org",
        "Auto-Submitted: auto-replied",
        "",
        "x",
        "--b--",
    )
    assert mail.machine == Machine.NONE


def test_no_reply_of_a_person_is_a_machines() -> None:
    wrong = [each.name for each in mails_of("mail-replies") if read(each.read_bytes()).automatic]
    assert not wrong
