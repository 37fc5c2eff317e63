"""The least that Django can do for a mail: taken over SMTP, parsed, saved as one row. Our rival.

python -m bench.bare_mail PORT
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import django
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection, transaction

from tantam.desk.common.database import database_of

TABLE = (
    "CREATE TABLE IF NOT EXISTS bare_mail "
    "(id BIGINT PRIMARY KEY, name TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL)"
)
INSERT = "INSERT INTO bare_mail (id, name, sender, subject, body) VALUES (%s, %s, %s, %s, %s)"

AT_ONCE = 4


class Saves:
    """Parses and saves each mail, then acknowledges it; in as many threads as ours, each with one connection."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(AT_ONCE)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        await asyncio.get_running_loop().run_in_executor(self.threads, save, envelope.content)
        return "250 Saved"


def save(raw: bytes) -> None:
    """Insert what a mail says, in a transaction of its own."""
    mail = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    part = mail.get_body(("plain", "html"))
    words = part.get_content() if part else ""
    row = [secrets.randbits(62), str(mail["Message-ID"]), str(mail["From"]), str(mail["Subject"]), words]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, row)


def main(port: int) -> None:
    """Listen until killed."""
    settings.configure(DATABASES={"default": database_of(os.environ["TANTAM_DATABASE_URL"])}, USE_TZ=True)
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    connection.close()
    Controller(Saves(), hostname="127.0.0.1", port=port).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
