"""One folder of a mail server, as fetching needs it: which mails wait, the bytes of one, and that it is stored."""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from tantam.desk.channels.email import oauth
from tantam.desk.channels.email.mailboxes import Mailbox

SECONDS = 60.0  # of silence
SLICE = 1.0  # seconds after which a wait looks whether it is to end
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)", re.IGNORECASE)
AWAY = (ImapToolsError, imaplib.IMAP4.error, OSError, oauth.NoToken, UnicodeError)  # what a server can do to us

REFUSED = (ImapToolsError, imaplib.IMAP4.error)  # an answer of a server that is there


def raise_if_cut(error: Exception) -> None:
    """Raise the error if the line is gone with it."""
    if isinstance(error, imaplib.IMAP4.abort):
        raise error


class Folder:
    """An open folder. validity: the server's UIDVALIDITY; following: the uid that the next mail will have."""

    def __init__(self, box: BaseMailBox, mailbox: Mailbox) -> None:
        self._box, self._mailbox = box, mailbox
        stands = box.folder.status(mailbox.folder, ("UIDVALIDITY", "UIDNEXT"))
        self.validity, self.following = stands["UIDVALIDITY"], stands["UIDNEXT"]
        box.folder.set(mailbox.folder)

    def waiting(self, after: int) -> list[int]:
        """Return the uids above `after` and those of unread mails, ascending."""
        later = [each for each in self._search(f"UID {after + 1}:*") if each > after]  # "*" names the last one too
        return sorted({*later, *self._search("UNSEEN")})

    def first_since(self, day: date) -> int:
        """Return the lowest uid of what came on the day or later, else the one that the next mail will have."""
        return min(self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}"), default=self.following)

    def size(self, uid: int) -> int:
        """Return the bytes of a mail, 0 if it is gone meanwhile."""
        for each in self._fetched(uid, "(RFC822.SIZE)"):
            head = each[0] if isinstance(each, tuple) else each
            if found := _SIZE.search(head or b""):
                return int(found[1])
        return 0

    def raw(self, uid: int) -> bytes:
        """Return a mail as it is, which leaves it unread; b"" if it is gone meanwhile."""
        return self._literal(uid, "(BODY.PEEK[])")

    def head(self, uid: int) -> bytes:
        """Return the head of a mail alone."""
        return self._literal(uid, "(BODY.PEEK[HEADER])")

    def stored(self, uid: int) -> None:
        """Mark a mail as read, or put it where it is to lie."""
        if self._mailbox.move:
            self._box.move(str(uid), self._mailbox.move)
        else:
            self._done(self._box.client.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)"))

    def wait(self, seconds: float, stop: Event) -> None:
        """Wait until the server says that something is new, `stop` is set, or the seconds have passed."""
        if "IDLE" not in self._box.client.capabilities:
            stop.wait(seconds)
            self._done(self._box.client.noop())
            return
        ends, news = time.monotonic() + seconds, False
        with self._box.idle as idle:
            while not (news or stop.is_set()) and time.monotonic() < ends:
                began = time.monotonic()
                said = idle.poll(SLICE)
                news = bool(said) or time.monotonic() - began < SLICE / 2  # a line that was cut is heard of at the end

    def _search(self, what: str) -> list[int]:
        return [int(each) for each in self._box.uids(what, charset=None)]

    def _literal(self, uid: int, what: str) -> bytes:
        return next((bytes(each[1]) for each in self._fetched(uid, what) if isinstance(each, tuple)), b"")

    def _fetched(self, uid: int, what: str) -> list[Any]:
        return [each for each in self._done(self._box.client.uid("FETCH", str(uid), what)) if each is not None]

    def _done(self, answer: tuple[str, list[Any]]) -> list[Any]:
        """Return what the server sent. Raises IMAP4.error where it says no."""
        if answer[0] != "OK":
            raise imaplib.IMAP4.error(f"The server answers {answer[0]}: {answer[1]!r}")
        return answer[1]


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Folder]:
    """Yield the mailbox's folder. Raises one of AWAY, whose words hold no secret."""
    box = _connected(mailbox)
    try:
        _let_in(box, mailbox)
        yield Folder(box, mailbox)
    finally:
        with suppress(*AWAY):
            box.logout()
        with suppress(*AWAY):
            box.client.shutdown()


def _connected(mailbox: Mailbox) -> BaseMailBox:
    match mailbox.scheme:
        case "imap":
            return MailBoxUnencrypted(mailbox.host, mailbox.port, SECONDS)
        case "imap+tls":
            return MailBoxStartTls(mailbox.host, mailbox.port, SECONDS, ssl_context=ssl.create_default_context())
        case _:
            return MailBox(mailbox.host, mailbox.port, SECONDS, ssl_context=ssl.create_default_context())


def _let_in(box: BaseMailBox, mailbox: Mailbox) -> None:
    if mailbox.tokens is not None:
        _with_token(box, mailbox.user, mailbox.tokens)
    elif (mailbox.user + mailbox.password).isascii():
        box.login(mailbox.user, mailbox.password, None)
    else:
        box.login_utf8(mailbox.user, mailbox.password, None)
    _, said = box.client.capability()  # many servers can do more for who is known
    box.client.capabilities = tuple(str(said[-1], "ascii", "replace").upper().split())


def _with_token(box: BaseMailBox, user: str, tokens: Path) -> None:
    try:
        box.xoauth2(user, oauth.access_token(tokens), None)
    except (MailboxLoginError, imaplib.IMAP4.error):
        oauth.forget(tokens)
        raise
