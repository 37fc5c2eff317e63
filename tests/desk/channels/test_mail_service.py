"""Mail by a mail service: what it signed is stored once; what it tells of letters is noted as a bounce by mail is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test import Client, RequestFactory

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import hooks, services
from tantam.desk.channels.email.outgoing import compose
from tantam.desk.channels.email.service_settings import keys_of, service_of
from tantam.desk.common import work
from tantam.desk.customers.models import Customer
from tantam.desk.customers.reaching import unreached_since
from tantam.desk.files import store
from tests.support import desk

SECRET, KEY = "desk:long-and-random", "key-of-the-webhooks"
PHOTO = b"\x89PNG\r\n\x1a\n\r\nFrom here\r\r\n"  # whose ends of lines are no ends of lines
INBOUND, TRACKING = "/hooks/mail/inbound/", "/hooks/mail/tracking/"


@pytest.fixture
def postmark(settings: Any, plan: object) -> Iterator[None]:
    settings.MAIL_SERVICE, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": SECRET}
    services.listen()
    yield
    _deaf()


@pytest.fixture
def mailgun(settings: Any, plan: object) -> Iterator[None]:
    settings.MAIL_SERVICE, settings.ANYMAIL = "mailgun", {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    services.listen()
    yield
    _deaf()


def _deaf() -> None:
    from anymail import signals

    signals.inbound.disconnect(dispatch_uid="tantam mail in")
    signals.tracking.disconnect(dispatch_uid="tantam letters")


def _posted(path: str, told: dict[str, Any], secret: str = SECRET) -> int:
    """Call the desk as Postmark does; return the answer's status."""
    login = base64.b64encode(secret.encode()).decode()
    told_as = {"content_type": "application/json", "headers": {"Authorization": f"Basic {login}"}}
    return Client().post(path, json.dumps(told), **told_as).status_code


def _signed(at: str = "1772593200", token: str = "t" * 50, key: str = KEY) -> dict[str, str]:
    """Return how Mailgun signs: HMAC-SHA256 of instant and token."""
    return {
        "timestamp": at,
        "token": token,
        "signature": hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest(),
    }


def _came(**more: Any) -> dict[str, Any]:
    """Return a mail of Hoa's as Postmark tells it."""
    photo = {"Name": "máy.png", "ContentType": "image/png", "Content": base64.b64encode(PHOTO).decode()}
    return {
        "FromName": "Nguyễn Thị Hoa",
        "FromFull": {"Email": "hoa@example.com", "Name": "Nguyễn Thị Hoa"},
        "ToFull": [{"Email": "desk@tantam.localhost", "Name": ""}],
        "OriginalRecipient": "desk@tantam.localhost",
        "Subject": "Máy giặt",
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "Date": "Wed, 4 Mar 2026 10:00:00 +0700",
        "TextBody": "Máy giặt nhà tôi kêu to quá.",
        "HtmlBody": "",
        "Headers": [{"Name": "Message-ID", "Value": "<hoa.1@example.com>"}],
        "Attachments": [photo],
    } | more


def _letter(staff: desk.Staff) -> Message:
    case = desk.opened(desk.customer())
    return reply(case, staff.agent, "Dạ, em xem ngay.")


def test_mail_is_stored_and_read_into_its_case_with_its_files(postmark: None, hoa: Customer) -> None:
    assert _posted(INBOUND, _came()) == 200
    while work.run_due():
        pass
    case = Case.objects.get()
    message = case.messages.get(direction="incoming")
    assert (case.customer, message.body) == (hoa, "Máy giặt nhà tôi kêu to quá.")
    photo = message.attachments.get()
    assert (message.message_id, photo.name) == ("<hoa.1@example.com>", "máy.png")
    with store.read(photo.blob) as file:
        assert file.read() == PHOTO


def test_handed_over_again_it_is_the_same(postmark: None) -> None:
    for _ in range(3):
        assert _posted(INBOUND, _came()) == 200
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize("secret", ["desk:wrong", ":", "desk:long-and-rando"])
def test_what_the_service_did_not_sign_is_not_stored(postmark: None, secret: str) -> None:
    assert _posted(INBOUND, _came(), secret) == _posted(TRACKING, {}, secret) == 400
    assert Client().post(INBOUND, json.dumps(_came()), content_type="application/json").status_code == 400
    assert not Arrival.objects.exists()


def test_mail_of_twenty_megabytes_is_taken_and_of_forty_is_not(postmark: None) -> None:
    large = {"Name": "phim.mp4", "ContentType": "video/mp4", "Content": base64.b64encode(b"x" * 15_000_000).decode()}
    assert _posted(INBOUND, _came(Attachments=[large])) == 200
    assert len(Arrival.objects.get().raw) > 20_000_000  # in base64
    assert _posted(INBOUND, _came(Attachments=[large, large])) == 413


def test_without_a_service_there_is_no_such_address(plan: object, settings: Any) -> None:
    settings.MAIL_SERVICE = ""
    assert _posted(INBOUND, _came()) == 404


def test_envelope_of_a_bounce_is_kept_and_an_unknown_one_makes_no_machine(postmark: None) -> None:
    returns_to = {"Name": "Return-Path", "Value": "<hoa@example.com>"}
    _posted(INBOUND, _came(Headers=[returns_to, {"Name": "Message-ID", "Value": "<a@x>"}]))
    assert bytes(Arrival.objects.get().raw).startswith(b"Return-Path: <hoa@example.com>")
    _posted(INBOUND, _came(MessageID="2", Subject="Khác", Headers=[]))
    second = intake.take_in(Arrival.objects.latest("pk").pk)
    assert b"Return-Path" not in bytes(second.raw) and second.problem == Problem.NONE


def test_mailgun_hands_over_a_form_that_it_signed(mailgun: None, hoa: Customer) -> None:
    form = {
        "recipient": "desk@tantam.localhost",
        "sender": "hoa@example.com",
        "from": "Hoa <hoa@example.com>",
        "subject": "Máy giặt",
        "body-plain": "Máy kêu to.",
        "message-headers": json.dumps(
            [["From", "Hoa <hoa@example.com>"], ["Subject", "Máy giặt"], ["Message-Id", "<hoa.2@example.com>"]]
        ),
    }
    assert Client().post(INBOUND, form | _signed(key="another")).status_code == 400
    assert Client().post(INBOUND, form | _signed()).status_code == 200
    taken = intake.take_in(Arrival.objects.get().pk)
    assert taken.case is not None and taken.case.customer == hoa and taken.name == "<hoa.2@example.com>"


@pytest.mark.parametrize(
    "told", ["[]", "1", '{"signature": "x"}', '{"signature": {"token": "é", "timestamp": 1, "signature": "x"}}']
)
def test_call_that_is_written_oddly_is_no_fault_of_ours(mailgun: None, told: str) -> None:
    assert Client().post(TRACKING, told, content_type="application/json").status_code == 400
    assert Client().post(INBOUND, _signed(key="another") | {"token": "é"}).status_code == 400


def _written(body: str) -> dict[str, str]:
    """Return a mail of Hoa's as it was written, as Mailgun hands it over to an address that ends with mime."""
    head = "From: Hoa <hoa@example.com>\r\nMessage-ID: <hoa.3@example.com>\r\nSubject: =?utf-8?q?M=C3=A1y?=\r\n"
    return {"recipient": "desk@tantam.localhost", "sender": "hoa@example.com", "body-mime": f"{head}\r\n{body}"}


@pytest.mark.parametrize("form", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_words_of_a_form_may_be_as_long_as_a_mail(mailgun: None, form: str, settings: Any) -> None:
    body = "Máy giặt kêu to quá. " * 1_000_000
    fields = _written(body) | _signed()
    if form == "multipart/form-data":
        assert Client().post(INBOUND, fields).status_code == 200
    else:
        assert Client().post(INBOUND, urlencode(fields), content_type=form).status_code == 200
    raw = bytes(Arrival.objects.get().raw)
    assert len(raw) > 25_000_000 and raw.endswith(body.encode())


def test_what_no_form_could_be_is_too_large(mailgun: None) -> None:
    assert Client().post(INBOUND, {}, headers={"Content-Length": "100000001"}).status_code == 413


def test_mail_as_it_was_written_keeps_bytes_of_every_charset(mailgun: None) -> None:
    raw = b"From: hoa@example.com\r\nContent-Type: text/plain; charset=windows-1258\r\n\r\nM\xe1y gi\xf2t"
    fields = b"&".join(f"{name}={value}".encode() for name, value in _signed().items())
    told = fields + b"&recipient=desk%40tantam.localhost&body-mime=" + quote_from_bytes(raw).encode()
    assert Client().post(INBOUND, told, content_type="application/x-www-form-urlencoded").status_code == 200
    assert bytes(Arrival.objects.get().raw).endswith(raw)


def test_unsigned_form_is_never_held(mailgun: None) -> None:
    """Half a hundred megabytes of nobody's are read past on the disk: the memory that it takes stays small."""
    told = urlencode(_written("x") | _signed(key="another")).encode() + b"&more=" + b"a" * 40_000_000
    tracemalloc.start()
    try:
        request = RequestFactory().generic("POST", INBOUND, b"", content_type="application/x-www-form-urlencoded")
        request._stream, request._read_started = BytesIO(told), False  # type: ignore[attr-defined]
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        assert hooks.called(request, "inbound").status_code == 400
        assert tracemalloc.get_traced_memory()[1] - before < 2_000_000
    finally:
        tracemalloc.stop()
    assert not Arrival.objects.exists()


def test_password_is_asked_before_anything_is_read(postmark: None) -> None:
    class Unread(BytesIO):
        def read(self, *_size: Any) -> bytes:
            raise AssertionError("somebody read what nobody vouched for")

    request = RequestFactory().generic("POST", INBOUND, b"", content_type="application/json")
    request._stream = Unread(b"{}")  # type: ignore[attr-defined]
    assert hooks.called(request, "inbound").status_code == 400


@pytest.mark.parametrize("half", ['{"MessageID": "1", "Subject": "M', "", '{"Subject": "\xc3'])
def test_half_a_call_is_refused_so_that_the_service_calls_again(postmark: None, half: str) -> None:
    login = base64.b64encode(SECRET.encode()).decode()
    told_as = {"content_type": "application/json", "headers": {"Authorization": f"Basic {login}"}}
    assert Client().post(INBOUND, half.encode("latin-1"), **told_as).status_code == 400
    assert not Arrival.objects.exists()


def test_what_is_no_form_is_no_fault_of_ours(mailgun: None) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "a/b"):
        assert Client().post(INBOUND, b"--y\r\n&&=&a", content_type=kind).status_code == 400
    assert Client().post(INBOUND, b"", content_type="a/b").status_code == 400


def test_letter_that_came_back_for_good_marks_its_address(postmark: None, staff: desk.Staff) -> None:
    letter = _letter(staff)
    told = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": 42,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": letter.sent_to,
        "BouncedAt": "2026-03-04T03:05:00Z",
        "Metadata": {"message-id": letter.message_id},
    }
    for _ in range(2):
        assert _posted(TRACKING, told) == 200
    event = letter.case.events.get(code="bounced")
    assert event.args == {"message": letter.pk, "lasting": True, "status": "5.1.1"}
    assert unreached_since(letter.case.customer) is not None


def test_full_mailbox_marks_nothing_and_a_complaint_ends_what_is_no_service(postmark: None, staff: desk.Staff) -> None:
    letter = _letter(staff)
    about = {"Email": letter.sent_to, "ID": 1, "Metadata": {"message-id": letter.message_id}}
    full = {"RecordType": "Bounce", "Type": "SoftBounce", "Details": "smtp;552 5.2.2 mailbox full", "Description": ""}
    assert _posted(TRACKING, about | full) == 200
    assert letter.case.events.get(code="bounced").args["lasting"] is False
    assert _posted(TRACKING, about | {"RecordType": "SpamComplaint", "Type": "SpamComplaint"}) == 200
    assert letter.case.events.get(code="complained").args == {"message": letter.pk, "kind": "abuse"}


def test_mailgun_names_the_letter_as_we_did(mailgun: None, staff: desk.Staff) -> None:
    letter = _letter(staff)
    data = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "recipient": letter.sent_to,
        "timestamp": 1772593500.0,
        "message": {"headers": {"message-id": (letter.message_id or "").strip("<>")}},
        "delivery-status": {"message": "550 5.1.1 No such user", "code": 550},
    }
    told = {"signature": _signed(), "event-data": data}
    assert Client().post(TRACKING, json.dumps(told), content_type="application/json").status_code == 200
    assert letter.case.events.get(code="bounced").args["lasting"] is True


def test_report_that_names_no_letter_of_ours_changes_nothing(postmark: None) -> None:
    told = {"RecordType": "Bounce", "Type": "HardBounce", "ID": 1, "MessageID": "x", "Email": "hoa@example.com"}
    assert _posted(TRACKING, told) == 200


def test_letter_carries_its_name_for_the_service(postmark: None, staff: desk.Staff, settings: Any) -> None:
    letter = _letter(staff)
    mail = compose(letter)
    assert (mail["X-PM-Metadata-message-id"], mail["X-PM-KeepID"]) == (letter.message_id, "true")
    settings.MAIL_SERVICE = ""
    assert "X-PM-KeepID" not in compose(letter)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"TANTAM_MAIL_SERVICE": "pigeon"}, "write one of postmark, mailgun"),
        ({"TANTAM_MAIL_SERVICE": "postmark"}, "TANTAM_ANYMAIL_WEBHOOK_SECRET is not set"),
        ({"TANTAM_MAIL_SERVICE": "mailgun", "TANTAM_ANYMAIL_WEBHOOK_SECRET": "a:b"}, "WEBHOOK_SIGNING_KEY is not set"),
        ({"TANTAM_MAIL_SERVICE": "postmark", "TANTAM_ANYMAIL_WEBHOOK_SECRET": "secret"}, "like user:password"),
    ],
)
def test_what_anybody_could_call_is_named_before_anything_begins(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        service_of(given)


def test_a_service_and_its_keys_are_of_the_surroundings() -> None:
    given = {"TANTAM_MAIL_SERVICE": " Postmark ", "TANTAM_ANYMAIL_WEBHOOK_SECRET": SECRET, "TANTAM_ANYMAIL_OTHER": ""}
    assert (service_of(given), keys_of(given)) == ("postmark", {"WEBHOOK_SECRET": SECRET})
    assert service_of({}) == ""
