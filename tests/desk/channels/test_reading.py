"""Reading a mail: what it says comes out whole, whatever state it is in, and never an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.desk.channels.email.plain import text_of_html
from tantam.desk.channels.email.reading import LONGEST_BODY, MOST_PARTS, ReadMail, read, whole_text

DATA = Path(__file__).parents[4] / "shared" / "data"


def _read(*lines: str, charset: str = "utf-8") -> ReadMail:
    return read("\r\n".join(lines).encode(charset))


def test_reads_sender_subject_body_and_what_it_answers() -> None:
    mail = _read(
        "From: =?utf-8?q?B=C3=A0_Hoa?= <Hoa@Example.ORG>",
        "Subject: =?utf-8?b?TcOheSBnaeG6t3Qga8OqdSB0bw==?=",
        "Message-ID: <1@example.org>",
        "In-Reply-To: <b@tantam>",
        "References: <a@tantam> <b@tantam>",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Máy kêu to lắm.",
    )
    assert (mail.sender, mail.name) == ("hoa@example.org", "Bà Hoa")
    assert mail.subject == "Máy giặt kêu to"
    assert mail.body == "Máy kêu to lắm."
    assert (mail.message_id, mail.answers) == ("<1@example.org>", ("<b@tantam>", "<a@tantam>"))
    assert not mail.automatic


@pytest.mark.parametrize("word", ["boss=40desk.example=2C", "=3Cboss=40desk.example=3E", "boss=40desk.example"])
def test_name_that_says_an_address_is_a_name(word: str) -> None:
    mail = _read(f"From: =?utf-8?q?{word}?= <thief@example.net>", "", "x")
    assert mail.sender == "thief@example.net" and "boss@desk.example" in mail.name


@pytest.mark.parametrize(
    "said",
    [
        "From: boss@desk.example, thief@example.net",
        "From: thief@example.net)boss@desk.example",
        "From: all: boss@desk.example, thief@example.net;",
        "From: boss@desk.example\r\nFrom: thief@example.net",
        "From: nobody",
        "X-From: thief@example.net",
        "Return-Path: <boss@desk.example>",
    ],
)
def test_mail_of_two_senders_or_without_one_has_none_that_is_proved(said: str) -> None:
    assert _read(said, "Sender: boss@desk.example", "", "x").sender == ""


def test_sender_said_twice_is_one() -> None:
    assert _read("From: hoa@example.org <Hoa@example.org>", "", "x").sender == "hoa@example.org"


def test_mail_of_ten_thousand_files_brings_a_few() -> None:
    part = "--b\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n"
    mail = _read("From: a@example.org", "Content-Type: multipart/mixed; boundary=b", "", part * 10_000 + "--b--")
    assert len(mail.files) == MOST_PARTS


def test_unencoded_header_in_utf_8_is_read() -> None:
    assert _read("From: a@example.org", "Subject: Đổi nồi cơm điện", "", "x").subject == "Đổi nồi cơm điện"


@pytest.mark.parametrize("charset", ["nonsense", "utf-8", "us-ascii", '"'])
def test_wrong_charset_still_gives_text(charset: str) -> None:
    mail = _read("From: a@example.org", f"Content-Type: text/plain; charset={charset}", "", "Grüße", charset="cp1252")
    assert mail.body == "Grüße"


def test_only_html_is_read_as_text_without_its_scripts() -> None:
    mail = _read(
        "From: a@example.org",
        "Content-Type: text/html; charset=utf-8",
        "",
        "<html><head><title>t</title><style>p{}</style></head><body><p>Chào <b>anh</b></p>"
        "<script>alert(1)</script><ul><li>một</li><li>hai</li></ul><!-- x --><![foo<p>hết",
    )
    assert "Chào anh" in mail.body and "- một" in mail.body and "hết" in mail.body
    assert "alert" not in mail.body and "p{}" not in mail.body


def test_plain_text_goes_before_html() -> None:
    mail = _read(
        "From: a@example.org",
        "Content-Type: multipart/alternative; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "plain",
        "--b",
        "Content-Type: text/html",
        "",
        "<p>rich</p>",
        "--b--",
    )
    assert mail.body == "plain"


def test_attachment_is_named_where_the_text_ends() -> None:
    mail = _read(
        "From: a@example.org",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "see the photo",
        "--b",
        "Content-Type: image/png; name=leak.png",
        "Content-Disposition: attachment; filename=leak.png",
        "Content-Transfer-Encoding: base64",
        "",
        "AAAA",
        "--b--",
    )
    assert mail.body == "see the photo\n\n[leak.png, 1 kB]"


def test_control_and_direction_characters_are_left_out() -> None:
    mail = _read("From: a@example.org", "Subject: a\x00b\u202ec", "", "x\x00y\u202ez")
    assert (mail.subject, mail.body) == ("abc", "xyz")


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xff\xfe\x00", b"From:\n\n", b":\n:\n", b"From: <>\n\n" + b"\x80" * 50])
def test_what_is_no_mail_reads_as_one_without_a_sender(raw: bytes) -> None:
    assert read(raw).sender == ""


def test_25_megabytes_are_read_and_the_text_is_bounded() -> None:
    mail = read(b"From: a@example.org\n\n" + b"word " * 5_000_000)
    assert 0 < len(mail.body) <= LONGEST_BODY < 20_000


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (rejected)",
        "Precedence: bulk",
        "Return-Path: <>",
        "List-Id: <news.example.org>",
        "X-Autoreply: yes",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    ],
)
def test_machine_is_recognised(header: str) -> None:
    assert _read("From: a@example.org", header, "", "x").automatic


def test_mailer_daemon_is_recognised_without_a_domain() -> None:
    assert _read("From: MAILER-DAEMON <>", "", "x").automatic
    assert _read("From: Mailer-Daemon@example.org", "", "x").automatic


def test_a_person_is_no_machine() -> None:
    assert not _read("From: a@example.org", "Auto-Submitted: no", "Return-Path: <a@example.org>", "", "x").automatic


def _real(folder: str) -> list[Path]:
    if not (DATA / folder).is_dir():
        pytest.skip(f"The collection {folder} is not beside the project.")
    return [each for each in sorted((DATA / folder).rglob("*")) if each.is_file()]


@pytest.mark.parametrize("folder", ["mail-replies", "mail-bounces", "mail-python-stdlib"])
def test_every_real_mail_is_read(folder: str) -> None:
    for path in _real(folder):
        mail = read(path.read_bytes())
        (mail.sender + mail.name + mail.subject + mail.body).encode("utf-8")


def test_real_bounces_are_recognised() -> None:
    bounces = [each for each in _real("mail-bounces") if each.suffix == ".eml" and each.parent.name != "not"]
    missed = [each.name for each in bounces if not read(each.read_bytes()).automatic]
    assert len(missed) <= len(bounces) // 50, missed


def test_quotes_nested_without_end_stay_small() -> None:
    bomb = "<div><blockquote>" * 150_000 + "Máy kêu to lắm."
    mail = _read("From: hoa@example.org", "Content-Type: text/html; charset=utf-8", "", bomb)
    assert len(mail.body) <= LONGEST_BODY
    assert "> " * 10 not in text_of_html("<blockquote>" * 50 + "Máy kêu to lắm.")


def test_words_encoded_without_end_are_read_soon() -> None:
    mail = _read("From: hoa@example.org", "Subject: " + "=?utf-8?q?a?= " * 100_000, "", "Máy kêu to lắm.")
    assert len(mail.subject) == 200 and mail.body == "Máy kêu to lắm."


def test_mail_nested_too_deep_is_shown_as_it_came() -> None:
    parts = [f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}' for n in range(2000)]
    assert "boundary" in whole_text("\n".join(["From: hoa@example.org", *parts, "", "Hello"]).encode())


def test_all_of_a_text_that_was_cut_is_kept_as_a_page() -> None:
    said = "Cảm ơn.\n\nVào 3/2/2025 10:00, Lan <a@example.org> đã viết:\n> Khi nào?"
    mail = _read("From: hoa@example.org", "Content-Type: text/plain; charset=utf-8", "", said)
    assert mail.words == "Cảm ơn."
    assert mail.html.startswith("<p>Cảm ơn.<br>")
    assert "&lt;a@example.org&gt;" in mail.html and "&gt; Khi nào?" in mail.html
    assert _read("From: hoa@example.org", "", "Cảm ơn.").html == ""


def test_words_behind_heavy_styles_and_pictures_are_read() -> None:
    style = "<HEAD><style>" + "p { color: red } " * 20_000 + "</style></HEAD>"
    picture = '<img src="data:image/png;base64,' + "A" * 200_000 + '">'
    assert text_of_html(f"<html>{style}<!-- {'x' * 200_000} --><p>Máy {picture}kêu to.</p></html>") == "Máy kêu to."
    assert "Máy" in text_of_html("<!-- never closed <p>" + "<style>" * 20_000 + "</style><p>Máy")
