"""An SMTP server for the desk's own addresses: a mail is stored for good before it is acknowledged, and read later.

It delivers to nobody else, so it can carry no stranger's mail on. Who sent a mail is proved by the server before it,
as the one that the domain names does; without one, From says what anybody likes.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, connection

from tantam.desk.channels.email import incoming, mailboxes
from tantam.desk.channels.email.reply_address import is_ours, reference_of

MOST_CONNECTIONS = 60
MOST_OF_ONE = 20  # of one peer: a mail server before us is one
MOST_RECIPIENTS = 100
LONGEST_LINE = 1_000_000  # bytes; many programs write more than the 998 that they may
SECONDS = 300  # of silence, and of one mail
STORING = 4  # at the same time, each with its connection to the database
ENDS_WITHIN_SECONDS = 20.0  # what is being stored when it is to end

NO_SUCH = "550 5.1.1 There is no such address here"
TOO_MANY = "452 4.5.3 Too many recipients; send the others on their own"
LATER = "451 4.3.0 Not stored; try again"
STORED = "250 2.0.0 Stored"
BUSY = b"421 4.7.0 Too many connections; try again\r\n"

_log = logging.getLogger(__name__)


@dataclass
class Door:
    """What the sessions of one listener share: who is in, and how a mail is stored."""

    tls: ssl.SSLContext | None = None
    sessions: dict[object, str] = field(default_factory=dict)  # peer by session
    storing: int = 0
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(STORING, "store"))

    def lets_in(self, session: object, peer: str) -> bool:
        """Count the session in, unless there are enough of all or of this peer."""
        if len(self.sessions) >= MOST_CONNECTIONS or Counter(self.sessions.values())[peer] >= MOST_OF_ONE:
            return False
        self.sessions[session] = peer
        return True

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient that is the desk's."""
        if not is_ours(address):
            return NO_SUCH
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Acknowledge the mail once it is stored."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        self.storing += 1
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self.threads, _store, raw, envelope.mail_from or "", list(envelope.rcpt_tos))
        except Exception as error:  # whatever it is, the sender must keep the mail
            _log.error("A mail could not be stored, its sender keeps it: %s", error)
            return LATER
        finally:
            self.storing -= 1
        return STORED

    async def handle_exception(self, error: Exception) -> str:
        """Answer a fault of ours as one that passes."""
        _log.error("A session went wrong: %s: %s", type(error).__name__, error)
        return LATER


class _Session(SMTP):
    """One connection. It is turned away at once where there are too many."""

    line_length_limit = LONGEST_LINE

    def __init__(self, door: Door) -> None:
        super().__init__(
            door,
            hostname="tantam",
            ident="ESMTP",
            data_size_limit=mailboxes.LARGEST,
            enable_SMTPUTF8=True,
            tls_context=door.tls,
            timeout=SECONDS,
        )
        self._door, self._is_in = door, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not self._is_in:  # a second time it is the same one, behind STARTTLS
            peer = transport.get_extra_info("peername")
            if not self._door.lets_in(self, peer[0] if isinstance(peer, tuple) else ""):
                assert isinstance(transport, asyncio.WriteTransport)
                transport.write(BUSY)
                transport.close()
                return
            self._is_in = True
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._is_in:
            self._door.sessions.pop(self, None)
            super().connection_lost(error)


def secured(certificate: str, key: str) -> ssl.SSLContext:
    """Return what STARTTLS needs. Raises OSError, ssl.SSLError where the files are none."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key or None)
    return context


def listen(host: str, port: int, *, tls: ssl.SSLContext | None = None) -> None:
    """Serve until SIGINT or SIGTERM; what is being stored then is stored. Raises OSError if the port is taken."""
    asyncio.run(_serve(Door(tls), host, port))


async def opened(door: Door, host: str, port: int) -> asyncio.Server:
    """Return the server, which listens."""
    make: Callable[[], Any] = lambda: _Session(door)  # noqa: E731
    return await asyncio.get_running_loop().create_server(make, host, port)


async def closed(server: asyncio.Server, door: Door) -> None:
    """Take nobody in any more, and wait for what is being stored."""
    server.close()
    for _ in range(int(ENDS_WITHIN_SECONDS * 20)):
        if not door.storing:
            break
        await asyncio.sleep(0.05)
    for _thread in range(STORING):  # one a thread: each has a connection of its own
        door.threads.submit(connection.close)
    door.threads.shutdown(wait=True, cancel_futures=False)


async def _serve(door: Door, host: str, port: int) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    server = await opened(door, host, port)
    if threading.current_thread() is threading.main_thread():
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stop.set)
    await stop.wait()
    await closed(server, door)


def _store(raw: bytes, sender: str, recipients: list[str]) -> None:
    """Store a mail under its own bytes, with who is to be told if it cannot be delivered above it."""
    close_old_connections()
    account = next(filter(reference_of, recipients), recipients[0])
    incoming.store_for_worker(raw, account=account, returns_to=sender)
