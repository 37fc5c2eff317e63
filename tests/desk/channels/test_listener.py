"""The desk's own mail server: stored before it is acknowledged, for its own addresses alone, with bounds."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import DatabaseError

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.channels.email import incoming, listener, mailboxes
from tantam.desk.channels.email.reply_address import reply_address
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Customer
from tests.desk.channels.letters import mail
from tests.support import desk

pytestmark = pytest.mark.django_db(transaction=True)

DESK = "desk@tantam.localhost"


class Listening:
    """A listener in a thread of its own."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.door, self.loop = listener.Door(tls), asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(listener.opened(self.door, "127.0.0.1", 0))
        self.port: int = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def client(self) -> smtplib.SMTP:
        return smtplib.SMTP("127.0.0.1", self.port, timeout=20)

    def end(self) -> None:
        asyncio.run_coroutine_threadsafe(listener.closed(self.server, self.door), self.loop).result(30)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


@pytest.fixture
def listening() -> Iterator[Listening]:
    made = Listening()
    yield made
    made.end()


def test_mail_is_stored_when_it_is_acknowledged_and_read_by_the_worker(listening: Listening, plan: object) -> None:
    with listening.client() as client:
        client.sendmail("hoa@example.com", [DESK], mail())
        kept = Arrival.objects.get()
    assert (kept.account, kept.read_at) == (DESK, None)
    intake.read_stored(DueWork.objects.get(kind=intake.READ).payload)
    kept.refresh_from_db()
    assert kept.case is not None and kept.case.messages.get(direction="incoming").body == "Máy giặt nhà tôi kêu to quá."


def test_mail_sent_again_after_a_lost_answer_is_one(listening: Listening) -> None:
    for _ in range(2):
        with listening.client() as client:
            client.sendmail("hoa@example.com", [DESK], mail())
    assert Arrival.objects.count() == 1


def test_envelope_says_who_is_to_be_told_of_failure_so_that_a_bounce_is_known(
    listening: Listening, plan: object
) -> None:
    with listening.client() as client:
        client.sendmail("", [DESK], mail("Xin lỗi, không gửi được.", Subject="Không gửi được"))
    kept = intake.take_in(Arrival.objects.get().pk)
    assert bytes(kept.raw).startswith(b"Return-Path: <>\r\n") and kept.problem == Problem.AUTOMATIC


def test_signed_address_is_known_and_leads_to_its_case(
    listening: Listening, plan: object, hoa: Customer, settings: Any
) -> None:
    settings.MAIL_REPLY_TO = "desk+{case}@tantam.localhost"
    case = desk.opened(hoa)
    with listening.client() as client:
        client.sendmail("hoa@example.com", [DESK, reply_address(case)], mail(To="undisclosed-recipients:;"))
    assert intake.take_in(Arrival.objects.get().pk).case == case


@pytest.mark.parametrize("address", ["someone@else.example", "desk+k7m2-p9x.aaaaaaaaaaaaaaaa@tantam.localhost"])
def test_address_that_is_not_ours_is_refused(listening: Listening, settings: Any, address: str) -> None:
    settings.MAIL_REPLY_TO = "desk+{case}@tantam.localhost"
    with listening.client() as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("hoa@example.com", [address], mail())
    assert refused.value.recipients[address][0] == 550
    assert not Arrival.objects.exists()


def test_further_address_of_the_desk_is_known(listening: Listening, settings: Any) -> None:
    settings.MAIL_ALSO = frozenset({"khieu-nai@ben-xuan.example"})
    with listening.client() as client:
        client.sendmail("hoa@example.com", ["Khieu-Nai@ben-xuan.example"], mail())
    assert Arrival.objects.count() == 1


def test_sender_keeps_the_mail_while_the_database_is_away(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise DatabaseError("the database is away")

    monkeypatch.setattr(incoming.intake, "store", away)
    with listening.client() as client, pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("hoa@example.com", [DESK], mail())
    assert refused.value.smtp_code == 451


def test_size_is_announced_and_more_is_refused(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening.client() as client:
        client.ehlo()
        assert client.esmtp_features["size"] == str(mailboxes.LARGEST)
        assert client.docmd("MAIL", f"FROM:<hoa@example.com> SIZE={mailboxes.LARGEST + 1}")[0] == 552
    monkeypatch.setattr(mailboxes, "LARGEST", 1_000)
    with listening.client() as client:  # also who does not say how large it is
        assert client.docmd("HELO", "x")[0] == 250
        client.mail("hoa@example.com")
        client.rcpt(DESK)
        assert client.data(b"x" * 70 + b"\r\n" + b"y" * 2_000)[0] == 552
        assert client.noop()[0] == 250
    assert not Arrival.objects.exists()


def test_line_longer_than_mails_may_have_is_taken(listening: Listening) -> None:
    raw = mail() + b"x" * 200_000
    with listening.client() as client:
        client.sendmail("hoa@example.com", [DESK], raw)
    assert b"x" * 200_000 in bytes(Arrival.objects.get().raw)


def test_mail_that_breaks_off_is_not_stored(listening: Listening) -> None:
    with socket.create_connection(("127.0.0.1", listening.port), 20) as line:
        line.sendall(f"EHLO x\r\nMAIL FROM:<hoa@example.com>\r\nRCPT TO:<{DESK}>\r\nDATA\r\n".encode())
        line.sendall(b"Subject: half")
    with listening.client() as client:
        client.sendmail("hoa@example.com", [DESK], mail())
    assert Arrival.objects.count() == 1


def test_one_peer_does_not_take_all_places(listening: Listening) -> None:
    held = [listening.client() for _ in range(listener.MOST_OF_ONE)]
    with pytest.raises(smtplib.SMTPConnectError) as turned_away:
        listening.client()
    assert turned_away.value.smtp_code == 421
    for each in held:
        each.quit()
    for _ in range(50):
        if not listening.door.sessions:
            break
        threading.Event().wait(0.05)
    listening.client().quit()


def test_line_is_closed_to_others_by_starttls(tmp_path: Path) -> None:
    listening = Listening(listener.secured(*_certificate(tmp_path)))
    try:
        with listening.client() as client:
            client.starttls(context=ssl._create_unverified_context())  # the test's own certificate
            client.sendmail("hoa@example.com", [DESK], mail())
        assert Arrival.objects.count() == 1
    finally:
        listening.end()
    assert not listening.door.sessions


def _certificate(folder: Path) -> tuple[str, str]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tantam.localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = made.not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    whole = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "own.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "own.key").write_bytes(key.private_bytes(*whole))
    return str(folder / "own.pem"), str(folder / "own.key")
