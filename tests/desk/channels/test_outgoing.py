"""Delivering: one mail a message, in the customer's language, in its thread, once however often it is sent."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest

from tantam.desk.cases.actions import receive, reply
from tantam.desk.cases.models import Case
from tantam.desk.channels.email import catchall, outgoing
from tantam.desk.channels.email.models import CaughtMail
from tantam.desk.common import work
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Customer
from tests.support import desk


@pytest.fixture
def case(hoa: Customer) -> Case:
    return desk.opened(hoa)


@pytest.fixture
def server(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bytes]]]:
    """A mail server that remembers what it took: recipient and bytes."""
    took: list[tuple[str, bytes]] = []
    monkeypatch.setattr(catchall, "_keep_all", lambda raw, sender, to: took.append((to[0], raw)))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(loop.create_server(catchall._session, "127.0.0.1", port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield took
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    listening.close()
    loop.close()


def _ours(case: Case) -> Any:
    return case.messages.filter(direction="outgoing").select_related("case__customer", "author").order_by("-id")[0]


def test_confirmation_carries_the_private_link_in_the_customers_language(case: Case) -> None:
    mail = outgoing.compose(_ours(case))
    body = mail.get_body(("plain",)).get_content()
    assert f"/c/{case.link_key}/" in body
    assert body.startswith("Kính gửi") and "Trân trọng," in body
    assert mail["Content-Language"] == "vi"
    assert mail["Subject"] == f"Yêu cầu của anh/chị [#{case.reference}]"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_reply_is_signed_threaded_and_not_automatic(case: Case, staff: desk.Staff) -> None:
    first = _ours(case)
    mail = outgoing.compose(reply(case, staff.agent, "Thợ đến lúc 8 giờ."))
    assert mail["Auto-Submitted"] is None
    assert mail["In-Reply-To"] == first.message_id and first.message_id in mail["References"]
    assert "Mai\nBến Xuân" in mail.get_body(("plain",)).get_content()


def test_fault_of_ours_says_nothing_against_the_address(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ValueError("a file of no kind")

    monkeypatch.setattr(outgoing, "pack", broken)
    with pytest.raises(ValueError, match="no kind"):
        outgoing.deliver_message({"message": _ours(case).pk})
    assert not case.customer.contacts.exclude(bounced_at=None).exists() and "bounced" not in desk.codes(case)


LONG = "<AM0PR03MB1234567890ABCDEF1234567890ABCDEF@AM0PR03MB5555.eurprd03.prod.outlook.example>"


def test_long_names_of_earlier_mails_are_sent_as_they_are(case: Case, staff: desk.Staff) -> None:
    receive(case, "Khi nào thợ đến?", channel="mail", message_id=LONG)
    receive(case, "Chị chờ.", channel="mail", message_id="<bình@x.example>")
    sent = outgoing.compose(reply(case, staff.agent, "Thợ đến lúc 8 giờ.")).as_bytes()
    head = message_from_bytes(sent)
    assert head["In-Reply-To"] == LONG and head["References"].split()[-1] == LONG
    assert all(len(each) < 998 for each in sent.splitlines())


def test_greeting_that_a_colleague_wrote_stands_alone(case: Case, staff: desk.Staff) -> None:
    body = (
        outgoing.compose(reply(case, staff.agent, "Chào chị Hoa,\nthợ đến lúc 8 giờ."))
        .get_body(("plain",))
        .get_content()
    )
    assert body.startswith("Chào chị Hoa,") and "Kính gửi" not in body


def test_names_cannot_add_headers(plan: object) -> None:
    evil = desk.customer(name="Hoa\r\nBcc: all@example.org", mail="hoa@example.com")
    mail = outgoing.compose(_ours(desk.opened(evil, subject="a\r\nBcc: b@example.org")))
    assert mail["Bcc"] is None


def test_worker_delivers_once(server: list[tuple[str, bytes]], plan: object) -> None:
    case = desk.opened(desk.customer())
    while work.run_due():
        pass
    outgoing.deliver_message({"message": _ours(case).pk})
    assert [each for each, _ in server] == ["hoa@example.com"]
    assert _ours(case).delivered_at is not None
    assert "delivered" in desk.codes(case)


def test_mail_server_away_leaves_the_work_due(case: Case, settings: Any) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    with pytest.raises(outgoing.NotDelivered, match="127.0.0.1:1"):
        outgoing.deliver_message({"message": _ours(case).pk})
    assert DueWork.objects.filter(kind="deliver_message", done_at=None).exists()
    assert _ours(case).delivered_at is None


class _SaysNo:
    """A mail server's mouth that refuses every recipient with one code."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    async def handle_RCPT(self, *_: Any) -> str:
        return self.answer


@pytest.mark.parametrize(("answer", "fails"), [("550 5.1.1 no such user", True), ("450 4.2.1 busy", False)])
def test_address_refused_for_good_fails_at_once_and_a_busy_one_waits(
    plan: object, server: list[Any], monkeypatch: pytest.MonkeyPatch, answer: str, fails: bool
) -> None:
    monkeypatch.setattr(catchall, "_Mailbox", lambda: _SaysNo(answer))
    desk.opened(desk.customer())
    work.run_due()
    piece = DueWork.objects.get(kind="deliver_message")
    assert (piece.failed_at is not None, piece.done_at) == (fails, None)
    assert answer[:3] in piece.error


@pytest.mark.django_db
def test_catch_all_keeps_one_mail_once() -> None:
    raw = b"Message-ID: <1@x>\r\nSubject: =?utf-8?q?M=C3=A1y?=\r\n\r\nx"
    for _ in range(2):
        catchall.keep(raw, "desk@x", "hoa@example.com")
    kept = CaughtMail.objects.get()
    assert (kept.times, kept.subject, kept.recipient) == (2, "Máy", "hoa@example.com")


@pytest.mark.django_db
def test_catch_all_keeps_mails_without_a_name_apart() -> None:
    for text in (b"a", b"b"):
        catchall.keep(b"Subject: x\r\n\r\n" + text, "", "hoa@example.com")
    assert CaughtMail.objects.count() == 2


def test_strangers_words_are_not_sent_by_themselves_to_an_address_they_typed(plan: object, staff: desk.Staff) -> None:
    victim = desk.customer("Win at https://evil.example", "victim@example.org", language="en")
    case = desk.opened(victim, body="You won! Go to evil.example")
    mail = outgoing.compose(case.messages.get(direction="outgoing"))
    assert mail["Subject"] == f"Your request [#{case.reference}]"
    assert "evil" not in mail.as_string() and "Hello," in mail.get_body(("plain",)).get_content()
    answer = outgoing.compose(reply(case, staff.agent, "Good morning"))
    assert "You won!" in answer["Subject"]
