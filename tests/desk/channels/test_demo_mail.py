"""The demo's mail reader: there in the demo, nowhere else, and only to read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.channels.email.catchall import keep
from tantam.desk.channels.email.models import CaughtMail

RAW = "Message-ID: <1@x>\r\nSubject: Chào\r\n\r\nXem https://benxuan.example/c/abc/ <script>alert(1)</script>"


@pytest.fixture(autouse=True)
def caught(db: None, settings: Any) -> CaughtMail:
    settings.DEMO = True
    keep(RAW.encode(), "desk@x", "hoa@example.com")
    return CaughtMail.objects.get()


def test_mail_is_found_by_its_recipient_and_read_with_its_links(caught: CaughtMail) -> None:
    client = Client()
    assert "hoa@example.com" in client.get("/demo/mail/").content.decode()
    assert f"/demo/mail/{caught.pk}/" in client.get("/demo/mail/box/hoa@example.com/").content.decode()
    letter = client.get(f"/demo/mail/{caught.pk}/").content.decode()
    assert 'href="https://benxuan.example/c/abc/"' in letter
    assert "<script>alert" not in letter


def test_outside_the_demo_there_is_none(caught: CaughtMail, settings: Any) -> None:
    settings.DEMO = False
    paths = ["/demo/mail/", "/demo/mail/box/hoa@example.com/", f"/demo/mail/{caught.pk}/"]
    assert [Client().get(each).status_code for each in paths] == [404] * 3


@pytest.mark.parametrize("path", ["/demo/mail/1/", "/demo/mail/box/nobody@example.com/"])
def test_unknown_mail_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_mail_is_only_read() -> None:
    assert Client().post("/demo/mail/").status_code == 405


def test_empty_mailbox_teaches(caught: CaughtMail) -> None:
    caught.delete()
    assert Client().get("/demo/mail/").status_code == 200
