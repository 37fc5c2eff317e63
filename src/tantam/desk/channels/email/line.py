"""The line to the mail server: opened once for many mails, one a thread; who is away is left in peace for a moment.

What a server refuses is of three kinds: it takes no mail now at all, not this mail now, or this mail never.
"""

from __future__ import annotations

import re
import smtplib
import ssl
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from tantam.desk.channels.email.bounces import Bounce
from tantam.desk.common import clock
from tantam.desk.common.work import Hopeless

SECONDS = 20  # until a server that says nothing is away
MOST_MAILS = 100  # over one line
IN_PEACE = timedelta(seconds=10)  # after it was away: a thousand mails do not wait SECONDS each
TOO_LARGE = 552  # said where a mail is announced
STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)")


class NotDelivered(Exception):
    """The mail server would not take a mail just now: the work is tried again later."""


class ServerAway(NotDelivered):
    """The mail server takes no mail from us now, whatever it is: it is down, full, or our settings are wrong."""


class Undeliverable(Hopeless):
    """The mail server will never take this mail, such as for an address that does not exist.

    lasting: nor any other to that address. status: as in RFC 3463, "" if it told none.
    """

    def __init__(self, words: str, *, status: str = "", lasting: bool = False) -> None:
        super().__init__(words)
        self.status, self.lasting = status, lasting


class _Line(threading.local):
    """server: open, None if it is not. place: where to. sent: mails over it. away_since: when it was away last."""

    def __init__(self) -> None:
        self.server: smtplib.SMTP | None = None
        self.place = ""
        self.sent = 0
        self.away_since: datetime | None = None
        self.was_away = True  # as far as a new process knows


_line = _Line()


def hand_over(mail: EmailMessage) -> None:
    """Give a mail to the server of TANTAM_SMTP_URL. Raises ServerAway, NotDelivered, Undeliverable."""
    server = _opened(settings.SMTP_URL)
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        raise _said_no(*next(iter(refused.recipients.values()), (450, b""))) from refused
    except smtplib.SMTPSenderRefused as refused:
        if refused.smtp_code == TOO_LARGE:
            raise _said_no(refused.smtp_code, refused.smtp_error) from refused
        raise _away(f"{refused.smtp_code} {_words(refused.smtp_error)}") from refused  # our own address: mend it
    except smtplib.SMTPDataError as refused:
        raise _said_no(refused.smtp_code, refused.smtp_error) from refused
    except smtplib.SMTPNotSupportedError as refused:  # an address beyond ASCII, at a server that knows none
        raise Undeliverable(str(refused), status="5.6.7", lasting=True) from refused
    except (OSError, smtplib.SMTPException) as away:
        raise _away(str(away)) from away
    _line.sent += 1


def is_back() -> bool:
    """Whether the server was away for this thread, as far as it knows, until the last mail; asked again, no more."""
    was, _line.was_away = _line.was_away, False
    return was


def hang_up() -> None:
    """Close the line, if it is open."""
    server, _line.server, _line.sent = _line.server, None, 0
    if server is not None:
        with suppress(OSError, smtplib.SMTPException):
            server.close()


def _opened(url: str) -> smtplib.SMTP:
    """Return the line, opened anew where it was never, or broke meanwhile. Raises ServerAway."""
    if _line.server is not None and (_line.place != url or _line.sent >= MOST_MAILS or not _answers(_line.server)):
        hang_up()
    if _line.server is not None:
        return _line.server
    if _line.place == url and _line.away_since is not None and clock.now() - _line.away_since < IN_PEACE:
        raise ServerAway(f"{urlsplit(url).hostname}:{urlsplit(url).port} was away a moment ago")
    _line.place = url
    try:
        _line.server = _connected(urlsplit(url))
    except (OSError, smtplib.SMTPException) as away:
        raise _away(str(away)) from away
    _line.away_since = None
    return _line.server


def _answers(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] < 400
    except (OSError, smtplib.SMTPException):
        return False


def _connected(place: SplitResult) -> smtplib.SMTP:
    host, port = place.hostname or "localhost", place.port or (465 if place.scheme == "smtps" else 25)
    if place.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        if place.scheme == "smtp+tls":
            server.starttls(context=ssl.create_default_context())
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _away(why: str) -> ServerAway:
    hang_up()
    _line.away_since, _line.was_away = clock.now(), True
    place = urlsplit(_line.place)
    return ServerAway(f"{place.hostname}:{place.port}: {why}")


def _said_no(code: int, said: bytes | str) -> Exception:
    words = f"{code} {_words(said)}"
    if not 500 <= code < 600:
        return NotDelivered(words)
    found = STATUS.search(words)
    status = found[0] if found else ""
    return Undeliverable(words, status=status, lasting=Bounce((), "failed", status, words).is_hard)


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
