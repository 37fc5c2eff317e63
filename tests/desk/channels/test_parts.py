"""A mail is taken apart however it is nested: its text, its files, its seals."""

from __future__ import annotations

import struct

import pytest

from tantam.desk.channels.email.flowed import unflowed
from tantam.desk.channels.email.parts import Seal
from tantam.desk.channels.email.reading import ReadMail, read
from tantam.desk.channels.email.tnef import SIGNATURE, files_of


def _read(*lines: str) -> ReadMail:
    return read("\r\n".join(["From: hoa@example.org", *lines]).encode())


def _parts(kind: str, *parts: str) -> ReadMail:
    return _read(f"Content-Type: {kind}; boundary=b", "", *(f"--b\r\n{each}" for each in parts), "--b--")


def test_text_within_related_within_alternative_within_mixed_is_found() -> None:
    inner = "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nplain\r\n--c\r\nContent-Type: text/html"
    related = f"Content-Type: multipart/related; boundary=d\r\n\r\n--d\r\n{inner}\r\n\r\n<p>rich\r\n--c--\r\n--d--"
    mail = _parts("multipart/mixed", related, "Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF")
    assert (mail.words, mail.html.strip()) == ("plain", "<p>rich")
    assert [each.name for each in mail.files] == ["a.pdf"]


def test_what_claims_parts_and_has_none_is_text() -> None:
    assert _read("Content-Type: multipart/mixed", "", "Máy hỏng.").words == "Máy hỏng."
    assert _read("Content-Type: multipart/mixed; boundary=zz", "", "Máy hỏng.").words == "Máy hỏng."


def test_mail_in_a_mail_is_a_file() -> None:
    mail = _parts("multipart/mixed", "\r\nsee", "Content-Type: message/rfc822\r\n\r\nSubject: old\r\n\r\nold words")
    assert mail.words == "see"
    assert [(each.name, b"old words" in each.payload) for each in mail.files] == [("message.eml", True)]


def test_picture_that_the_page_shows_is_not_named_below_the_words() -> None:
    mail = _parts(
        "multipart/related",
        'Content-Type: text/html\r\n\r\n<p>xem <img src="cid:one">',
        "Content-Type: image/png; name=one.png\r\nContent-ID: <one>\r\n\r\nx",
        "Content-Type: image/png; name=two.png\r\n\r\nx",
    )
    assert mail.body.endswith("[two.png, 1 kB]") and "one.png" not in mail.body
    assert [each.content_id for each in mail.files] == ["one", ""]


def test_lines_that_a_program_broke_are_joined() -> None:
    assert unflowed("one \ntwo\n> three \n> four\n-- \nHoa", joined=False) == "one two\n> three four\n-- \nHoa"
    assert unflowed("xin \nchào", joined=True) == "xinchào"
    assert unflowed(" >no quote\n From", joined=False) == ">no quote\nFrom"
    assert _read("Content-Type: text/plain; format=flowed", "", "one ", "two").words == "one two"


def test_file_within_the_text_is_taken_out_of_it() -> None:
    mail = _read("", "see below", "begin 644 note.txt", "#8V%T", "`", "end", "bye")
    assert [(each.name, each.payload) for each in mail.files] == [("note.txt", b"cat")]
    assert "#8V%T" not in mail.words and mail.words.startswith("see below") and mail.words.endswith("bye")


def test_broken_encodings_give_what_can_be_read() -> None:
    assert _read("Content-Transfer-Encoding: base64", "", "TcOheSBnaeG6t3Q").words == "Máy giặt"
    assert "gi=ZZt" in _read("Content-Transfer-Encoding: quoted-printable", "", "M=C3=A1y gi=ZZt=").words
    assert _read("Content-Transfer-Encoding: nonsense", "", "Máy").words == "Máy"


@pytest.mark.parametrize(
    ("kind", "seals"),
    [
        ('multipart/signed; protocol="application/pgp-signature"', (Seal.SIGNED,)),
        ('multipart/encrypted; protocol="application/pgp-encrypted"', (Seal.ENCRYPTED,)),
        ("multipart/mixed", ()),
    ],
)
def test_seal_of_the_whole_is_told(kind: str, seals: tuple[Seal, ...]) -> None:
    assert _parts(kind, "\r\nHello").seals == seals


@pytest.mark.parametrize(
    ("kind", "seals"),
    [("enveloped-data", (Seal.ENCRYPTED,)), ("signed-data", (Seal.SIGNED,)), ("", (Seal.ENCRYPTED,))],
)
def test_sealed_mail_is_kept_as_a_file(kind: str, seals: tuple[Seal, ...]) -> None:
    said = f"; smime-type={kind}" if kind else ""
    mail = _read(f"Content-Type: application/pkcs7-mime; name=smime.p7m{said}", "", "xx")
    assert (mail.seals, [each.name for each in mail.files], mail.automatic) == (seals, ["smime.p7m"], False)


def test_text_signed_in_place_is_read_without_its_armour() -> None:
    mail = _read(
        "",
        "-----BEGIN PGP SIGNED MESSAGE-----",
        "Hash: SHA256",
        "",
        "Máy hỏng.",
        "- - một",
        "-----BEGIN PGP SIGNATURE-----",
        "",
        "iQ==",
        "-----END PGP SIGNATURE-----",
    )
    assert (mail.words, mail.seals) == ("Máy hỏng.\n- một", (Seal.SIGNED,))


def _attribute(level: int, identity: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, identity, len(value)) + value + b"\0\0"


def _winmail(*pairs: tuple[str, bytes]) -> bytes:
    made = struct.pack("<IH", SIGNATURE, 1) + _attribute(1, 0x00089006, b"\0\0\1\0")
    for name, held in pairs:
        long_name = name.encode("utf-16-le") + b"\0\0"
        padded = long_name + b"\0" * (-len(long_name) % 4)
        listed = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(long_name)) + padded
        made += _attribute(2, 0x00069002, b"\0" * 14) + _attribute(2, 0x00018010, b"SHORT~1.PDF\0")
        made += _attribute(2, 0x0006800F, held) + _attribute(2, 0x00069005, listed)
    return made


def test_winmail_is_opened() -> None:
    assert files_of(_winmail(("Hóa đơn.pdf", b"%PDF"), ("b.txt", b"b"))) == [("Hóa đơn.pdf", b"%PDF"), ("b.txt", b"b")]


@pytest.mark.parametrize("length", range(0, 200, 7))
def test_damaged_winmail_gives_what_is_whole(length: int) -> None:
    assert len(files_of(_winmail(("a.txt", b"a"), ("b.txt", b"b"))[:length])) <= 2
    assert files_of(b"x" * length) == []
