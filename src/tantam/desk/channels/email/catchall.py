"""The demo's mailbox for everybody: an SMTP server that keeps each mail once and delivers none.

`python -m tantam.desk.channels.email.catchall [host] [port]` runs it alone, on the address of TANTAM_SMTP_URL.
"""

from __future__ import annotations

import asyncio
import hashlib
import signal
import sys
import threading
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, transaction
from django.db.models import F

LARGEST = 40_000_000


class _Mailbox:
    """Takes every mail; answers 451 when it could not be kept, so that the sender tries again."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.content
        if not isinstance(raw, bytes):
            raw = (raw or "").encode("utf-8", "surrogateescape")
        try:
            await asyncio.to_thread(_keep_all, raw, envelope.mail_from or "", list(envelope.rcpt_tos))
        except Exception as error:  # the sender keeps it and tries again
            print(f"catch-all: not kept: {error}", file=sys.stderr)
            return "451 4.3.0 Not kept; try again"
        return "250 2.0.0 Kept"


def keep(raw: bytes, sender: str, recipient: str) -> None:
    """Keep one mail for one recipient; the same Message-ID again only counts.

    A mail without one is known by its bytes.
    """
    # Run alone, this module is read before Django is set up.
    from tantam.desk.channels.email.models import CaughtMail
    from tantam.desk.channels.email.reading import read
    from tantam.desk.common import clock

    mail = read(raw)
    name = mail.message_id or f"<{hashlib.sha256(raw).hexdigest()}@unnamed>"
    with transaction.atomic():
        new = CaughtMail(
            message_id=name[:255],
            sender=sender[:254],
            recipient=recipient[:254],
            subject=mail.subject[:400],
            raw=raw,
            received_at=clock.now(),
            times=0,
        )
        CaughtMail.objects.bulk_create([new], ignore_conflicts=True)
        CaughtMail.objects.filter(message_id=new.message_id).update(times=F("times") + 1)


def run_catchall(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM. Raises OSError if the port is taken."""
    asyncio.run(_serve(host, port))


async def _serve(host: str, port: int) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(_session, host, port)
    if threading.current_thread() is threading.main_thread():
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stop.set)
    await stop.wait()
    server.close()


def _session() -> SMTP:
    return SMTP(_Mailbox(), hostname="catch-all", data_size_limit=LARGEST, enable_SMTPUTF8=True)


def _keep_all(raw: bytes, sender: str, recipients: list[str]) -> None:
    close_old_connections()
    for each in recipients or [""]:
        keep(raw, sender, each)


def main(arguments: list[str]) -> None:
    """Run the catch-all of the installation."""
    import django

    django.setup()
    from django.conf import settings

    address = urlsplit(settings.SMTP_URL)
    host = arguments[0] if arguments else address.hostname or "localhost"
    run_catchall(host, int(arguments[1]) if len(arguments) > 1 else address.port or 1025)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    main(sys.argv[1:])
