"""Files come and go with mails; what was refused is named; HTML is kept and shown only when it is safe."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from tantam.desk.arrivals import intake
from tantam.desk.cases import actions, attachments
from tantam.desk.cases.attachments import bring
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Attachment, Case, RichBody
from tantam.desk.cases.rich import has_remote, safe_html
from tantam.desk.channels.email import incoming
from tantam.desk.channels.email.outgoing import compose
from tantam.desk.channels.email.reading import read
from tests.desk.files.test_store import picture
from tests.support.desk import opened

pytestmark = pytest.mark.django_db


def letter(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    usual = {"From": "Hoa <hoa@example.com>", "To": "desk@x.example", "Subject": "Máy"}
    for name, value in (usual | headers).items():
        mail[name] = value
    mail.set_content("Máy kêu to, xem ảnh.")
    return mail


def taken(mail: EmailMessage) -> Case:
    kept = intake.take_in(incoming.store(mail.as_bytes()).pk)
    assert kept.case is not None, kept.problem
    return kept.case


def test_files_of_a_mail_become_files_of_its_message(plan: Any, hoa: Any) -> None:
    mail = letter()
    mail.add_attachment(picture(), maintype="image", subtype="png", filename="máy giặt.png")
    mail.add_attachment(b"MZ\x90", maintype="image", subtype="png", filename="ảnh.png")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="zip", filename="../../hóa đơn.pdf")
    case = taken(mail)
    message = case.messages.get(direction="incoming")
    assert message.body == "Máy kêu to, xem ảnh."
    found = [
        (each.name, each.refused, each.blob and each.blob.media_type) for each in message.attachments.order_by("id")
    ]
    assert found == [
        ("máy giặt.png", "", "image/png"),
        ("ảnh.png", "file_type", None),
        ("hóa đơn.pdf", "", "application/pdf"),
    ]


def test_the_same_mail_again_brings_nothing_twice(plan: Any, hoa: Any) -> None:
    mail = letter()
    mail.add_attachment(picture(), maintype="image", subtype="png", filename="a.png")
    case = taken(mail)
    intake.take_in(incoming.store(mail.as_bytes()).pk)
    assert Attachment.objects.filter(case=case).count() == 1


def test_a_mail_of_a_photo_alone_is_a_message(plan: Any, hoa: Any) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "hoa@example.com", "desk@x.example"
    mail.set_content(picture("JPEG"), maintype="image", subtype="jpeg", filename="IMG_1.jpg")
    case = taken(mail)
    assert "IMG_1.jpg" in case.messages.get(direction="incoming").body
    assert Attachment.objects.get().blob is not None


def test_too_large_a_file_is_named_and_the_mail_comes_in(plan: Any, hoa: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("tantam.desk.files.store.MOST_BYTES", 1000)
    mail = letter()
    mail.add_attachment(b"x" * 1001, maintype="video", subtype="mp4", filename="phim.mp4")
    taken(mail)
    assert [(each.name, each.refused) for each in Attachment.objects.all()] == [("phim.mp4", "file_too_large")]
    assert "phim.mp4" in attachments.sentence("phim.mp4", "file_too_large")


def test_encrypted_mail_is_kept_and_says_that_it_cannot_be_read(plan: Any, hoa: Any) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "hoa@example.com", "desk@x.example", "Máy"
    mail.set_content(b"sealed", maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    mail.make_mixed()
    mail.add_attachment("a longer file", filename="a.txt")
    message = taken(mail).messages.get(direction="incoming")
    found = [(each.name, each.refused, each.blob is None) for each in message.attachments.order_by("id")]
    assert found == [("smime.p7m", "", False), ("a.txt", "", False), ("smime.p7m", "mail_encrypted", True)]
    assert "smime.p7m" in attachments.sentence("smime.p7m", "mail_encrypted")


def test_html_of_a_mail_is_kept_beside_its_words(plan: Any, hoa: Any) -> None:
    mail = letter()
    mail.add_alternative(
        "<p>Máy <b>kêu</b> to <img src='cid:one'><img src='http://x.example/t.gif'></p>", subtype="html"
    )
    part = mail.get_payload()[1]
    part.add_related(picture(), maintype="image", subtype="png", cid="<one>", filename="one.png")
    case = taken(mail)
    message = case.messages.get(direction="incoming")
    assert message.body == "Máy kêu to, xem ảnh."
    assert "<b>kêu</b>" in RichBody.objects.get(message=message).html
    assert message.attachments.get().content_id == "one"


def test_files_go_with_the_mail(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    files = bring([("Hướng dẫn – bản vẽ.pdf", [b"%PDF-1.4 words"]), ("a.png", [picture()])])
    actions.keep_draft(case, staff.agent, "Xem tệp.", files=files)
    message: Any = actions.send(case, staff.agent, Pressed("Xem tệp."))
    mail = message_from_bytes(compose(message).as_bytes(), policy=policy.default)
    parts = {each.get_filename(): each for each in mail.iter_attachments()}
    assert parts.keys() == {"Hướng dẫn – bản vẽ.pdf", "a.png"}
    assert parts["a.png"].get_content() == picture()
    assert parts["Hướng dẫn – bản vẽ.pdf"].get_content_type() == "application/pdf"


def test_a_letter_that_closes_by_itself_is_not_closed_twice(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    message: Any = actions.send(case, staff.agent, Pressed("Chào chị Hoa\n\nMáy đã xong.\n\nTrân trọng,\nMai"))
    text = compose(message).get_body(("plain",)).get_content()
    assert text.count("Trân trọng") == 1
    assert "Kính gửi" not in text


@pytest.mark.parametrize(
    "hurtful",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg onload=alert(1)></svg>",
        "<iframe src='https://x.example'></iframe>",
        "<form action='https://x.example'><input name=p></form>",
        "<style>body{background:url(https://x.example)}</style>",
        "<p style='background:url(https://x.example/t.gif)'>x</p>",
        "<meta http-equiv=refresh content='0;url=https://x.example'>",
        "<base href='https://x.example'>",
        "<img src='data:text/html,<script>'>",
        "<link rel=stylesheet href='https://x.example/a.css'>",
        "<body background='https://x.example/t.gif'><table background='https://x.example/u.gif'>",
        "<img srcset='https://x.example/t.gif 2x'>",
    ],
)
def test_nothing_in_html_acts_or_calls(hurtful: str) -> None:
    said = safe_html(f"<p>words</p>{hurtful}", {}, remote=lambda address: None).lower()
    assert "words" in said
    for mark in ("script", "onerror", "onload", "iframe", "form", "style", "meta", "base", "data:", "link ", "srcset"):
        assert mark not in said
    assert "x.example" not in said


def test_pictures_from_elsewhere_wait_until_they_are_asked_for() -> None:
    html = "<img src='https://x.example/t.gif' alt=logo><img src='cid:one'><img src='/desk/'>"
    assert has_remote(html)
    assert not has_remote("<p>words</p>")
    shut = safe_html(html, {"one": "/desk/files/1/"}, remote=lambda address: None)
    assert "x.example" not in shut
    assert 'src="/desk/files/1/"' in shut
    assert 'src="/desk/"' not in shut
    assert "https://x.example/t.gif" in safe_html(html, {}, remote=lambda address: address)


def test_names_in_encoded_words_are_read() -> None:
    raw = (
        b"From: a@x.example\r\nContent-Type: application/pdf; name==?utf-8?B?SMOzYSDEkcahbi5wZGY=?=\r\n"
        b"Content-Disposition: attachment\r\n\r\n%PDF-1.4"
    )
    assert [each.name for each in read(raw).files] == ["Hóa đơn.pdf"]
