"""`tantam fetch mail --once`: says of each mailbox what came of it, so that an operator can try their settings."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tantam.cli.fetch import app
from tantam.desk.arrivals.models import Arrival
from tantam.desk.channels.email.mailboxes import mailboxes_of
from tests.support.imap import imap_server

MAIL = b"From: Hoa <hoa@example.com>\nSubject: x\n\nMay keu to.\n"


def _once() -> Result:
    return CliRunner().invoke(app, ["mail", "--once"])


@pytest.mark.django_db
def test_each_mailbox_says_how_many_came_or_why_none(settings: Any) -> None:
    with imap_server() as server:
        settings.MAILBOXES = mailboxes_of(
            f"imap://desk:secret@127.0.0.1:{server.port}/ imap://other:wrong@127.0.0.1:{server.port}/"
        )
        server.arrives(MAIL)
        ended = _once()
    assert ended.exit_code == 1 and Arrival.objects.count() == 1
    assert "desk@127.0.0.1/INBOX: 1 new" in ended.output
    assert "other@127.0.0.1/INBOX: MailboxLoginError" in ended.output and "wrong password" in ended.output


@pytest.mark.django_db
def test_without_a_mailbox_it_says_how_to_name_one(settings: Any) -> None:
    settings.MAILBOXES = ()
    ended = _once()
    assert ended.exit_code == 2 and "TANTAM_MAILBOXES" in ended.output
