"""Whatever comes, it is read: never an error, never for long, never something that no page could show."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tantam.desk.channels.email.reading import LONGEST_BODY, ReadMail, read, whole_text
from tests.desk.channels.letters import mail

PIECES = [
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n",
    b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nStatus: 5.1.1\n\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n",
    b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260504T020000Z\n",
    b"Content-Type: text/html; charset=utf-16\n\n<blockquote><p>",
    b"Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\nePCfIg==\n",
    b"Content-Type: application/pkcs7-mime; smime-type=\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%\n",
    b"Subject: =?utf-8?B?TcOh?= =?gb2312?q?=ff",
    b"From: (((<a@b>, =?utf-8?q?=40?= <\n",
    b"X-Failed-Recipients: a@b.example\n",
    b"--b--\n",
    b"--b\n",
    b"\n\n",
    b"begin 644 a\n#8V%T\n`\nend\n",
    b"-----BEGIN PGP SIGNED MESSAGE-----\n",
    b"On Mon, 3 Feb 2025 at 10:00, X <a@b> wrote:\n> ",
    b"\xff\xfe\x00\x80",
    "đổi \u202e\x00".encode(),
]


def _all_of(raw: bytes) -> ReadMail:
    found = read(raw)
    told = [found.sender, found.name, found.subject, found.body, found.html, found.message_id, *found.answers]
    told += [each.name for each in found.files] + [each.content_id for each in found.files] + [whole_text(raw)]
    told += [repr(found.bounce), repr(found.invitation)]
    for each in told:
        each.encode("utf-8")
        assert "\x00" not in each and "\\x00" not in each
    assert all(each.name for each in found.files)
    assert len(found.body) <= LONGEST_BODY + 900
    return found


@settings(max_examples=150, deadline=2_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=40)), max_size=14).map(b"".join))
def test_any_bytes_are_read(raw: bytes) -> None:
    _all_of(raw)


@settings(max_examples=80, deadline=2_000)
@given(st.data())
def test_letter_that_was_damaged_is_read(data: st.DataObject) -> None:
    raw = bytearray(mail(In_Reply_To="<a@b>", Auto_Submitted="no"))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    _all_of(bytes(raw))


HEAD = b"From: hoa@example.org\nSubject: x\n"
LARGE = {
    "a text of 25 MB": HEAD + b"\n" + "Máy giặt kêu to. ".encode() * 1_100_000,
    "a text of a million lines": HEAD + b"\n" + b"> On Monday she wrote:\n" * 1_000_000,
    "a file of 25 MB": HEAD
    + b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    + (b"QUFB" * 19 + b"\n") * 325_000,
    "a page of 25 MB": HEAD + b"Content-Type: text/html\n\n" + b"<div><b>x</b>" * 1_900_000,
    "10,000 parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000,
    "10,000 parts in one another": HEAD
    + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(10_000)),
    "10,000 mails in one another": HEAD + b"Content-Type: message/rfc822\n\n" * 10_000,
    "a header of 1 MB": b"References: " + b"<a@b> " * 170_000 + b"\n" + HEAD + b"\nx",
    "a header of 1 MB in lines": b"To: x\n" + b" =?utf-8?q?a?=\n" * 70_000 + HEAD + b"\nx",
    "100,000 headers": b"X-A: b\n" * 100_000 + HEAD + b"\nx",
    "brackets of 1 MB": b"From: " + b"(" * 1_000_000 + b"\nSubject: x\n\nx",
    "parameters of 1 MB": HEAD + b"Content-Type: text/plain; " + b'a="";' * 200_000 + b"\n\nx",
    "a calendar without end": HEAD + b"Content-Type: text/calendar\n\n" + b"BEGIN:VEVENT\n" * 100_000,
    "signatures without end": HEAD
    + b"\n"
    + b"-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n-----BEGIN PGP SIGNATURE-----\n" * 20_000,
    "a report of nothing but @": b"From: noreply@example.org\nSubject: x\n\n" + b"@" * 100_000,
    "uuencode without end": HEAD + b"\n" + b"begin 644 a\n" * 100_000 + b"M" * 1_000_000,
}


@pytest.mark.parametrize("raw", LARGE.values(), ids=LARGE)
def test_large_and_deep_mails_are_read_in_seconds(raw: bytes) -> None:
    began = time.process_time()
    found = read(raw)
    assert time.process_time() - began < 12
    assert found.subject == "x"
