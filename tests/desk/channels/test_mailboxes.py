"""Which mailboxes a variable names, and what is wrong with it; never with a password in the words."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from tantam.desk.channels.email.mailboxes import Mailbox, mailboxes_of


def test_mailboxes_are_read_from_addresses() -> None:
    plain, signed = mailboxes_of(
        "imaps://desk%40x.example:p%3Aw%2F@imap.x.example/Posteingang?move=Erledigt\n"
        " imaps+oauth2://desk%40y.example@mail.y.example:1993?tokens=/etc/y.json "
    )
    assert plain == Mailbox(
        scheme="imaps",
        user="desk@x.example",
        password="p:w/",
        host="imap.x.example",
        port=993,
        folder="Posteingang",
        move="Erledigt",
    )
    assert (signed.port, signed.folder, signed.tokens) == (1993, "INBOX", Path("/etc/y.json"))
    assert plain.name == "desk@x.example@imap.x.example/Posteingang"


@pytest.mark.parametrize("written", ["", " \n"])
def test_there_may_be_none(written: str) -> None:
    assert mailboxes_of(written) == ()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("pop3://u:hidden@x/", "begins with 'pop3'"),
        ("imaps://u:hidden@x:many/", "mailbox 1"),
        ("imaps://u:hidden/too@x/", "%2F"),
        ("imaps://u:hidden\u2100@x/", "no address"),
        ("imaps://u:a[hidden@x/", "no address"),
        ("imaps://u:a hidden:b@x/", "mailbox 1"),
        ("imaps://u:a@x/ hidden:b@x/", "no address"),
        ("imaps://x/INBOX", "no user or no server"),
        ("imaps://u@x/", "no password"),
        ("imaps://u:hidden@x/?seen=1", "asks for 'seen'"),
        ("imaps+oauth2://u:hidden@x/", "tokens=FILE"),
        ("imaps://u:hidden@x/?tokens=/t", "belong together"),
        ("imaps://u:hidden@x/ imaps://u:hidden@x/INBOX", "twice"),
    ],
)
def test_what_is_none_is_named_without_its_password(written: str, says: str) -> None:
    with pytest.raises(ValueError, match="TANTAM_MAILBOXES") as wrong:
        mailboxes_of(written)
    assert says in str(wrong.value)
    assert "hidden" not in "".join(traceback.format_exception_only(wrong.value)) and wrong.value.__cause__ is None
    assert wrong.value.__context__ is None or wrong.value.__suppress_context__
