"""Mail taken in from end to end: over SMTP and by a pipe, until its case stands with its promises; both databases.

Over SMTP our rival only parses and saves one row; by the pipe it is django-mailbox's command, which saves its message.
"""

from __future__ import annotations

import os
import smtplib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

from bench import Row, paired
from tests.support.house import House, free_port, house
from tests.support.postgres import cluster
from tests.support.sources import ROOT

DATABASES = tuple(os.environ.get("TANTAM_BENCH_DATABASES", "SQLite,PostgreSQL").split(","))
MAILS = 80  # in one go, by AT_ONCE senders
AT_ONCE = 4
ROUNDS = 3
PIPED = 6
DESK = "desk@tantam.localhost"
GIVES_UP_AFTER_SECONDS = 300
READ = (
    "SELECT COUNT(*) FROM arrivals_arrival a WHERE a.read_at IS NOT NULL "
    "AND EXISTS (SELECT 1 FROM cases_promise p WHERE p.case_id = a.case_id)"
)


@dataclass(frozen=True)
class Measured:
    """A desk that listens and works, and where its database is."""

    desk: House
    address: str

    def ask(self, sql: str) -> int:
        """Return the one number that a query gives."""
        if self.address.startswith("sqlite"):
            with closing(sqlite3.connect(self.desk.home / "tantam.sqlite3", timeout=20)) as database:
                return int(database.execute(sql).fetchone()[0])
        with psycopg.connect(host=self.address.partition("socket=")[2], user="tantam", dbname="tantam") as database:
            found = database.execute(sql).fetchone()  # type: ignore[call-overload]
            return int(found[0]) if found else 0


def rows() -> Iterator[Row]:
    """Yield two rows a database."""
    for database in DATABASES:
        with ExitStack() as held:
            yield from _of(held, database)


def _of(held: ExitStack, database: str) -> Iterator[Row]:
    home, numbers = Path(held.enter_context(tempfile.TemporaryDirectory())), count()
    other = {"TANTAM_DATABASE_URL": held.enter_context(cluster())} if database == "PostgreSQL" else {}
    desk = held.enter_context(house(home, furnish=["-m", "tests.support.furnish"], **other))
    measured = Measured(desk, desk.environment["TANTAM_DATABASE_URL"])
    desk.start("catch-all", "listener", "worker")
    port = held.enter_context(_rival_listens(desk))
    ours, rival = _over_smtp(measured, desk.mail_in, READ, numbers), _over_smtp(measured, port, "", numbers)
    ours(), rival()
    note = "aiosmtpd, parsed, one row saved by Django, same database; ours: stored, read, case, promises, event, letter"
    row = paired("", ours, rival, rounds=ROUNDS, note=note)
    what = f"a mail over SMTP until its case stands with its promises ({database})"
    yield Row(what, row.ours / MAILS, (row.rival or 0) / MAILS, row.ratio, f"{note}; {_load()}")
    desk.kill("worker", "listener")
    yield _by_pipe(held, desk, database, numbers)


def _over_smtp(measured: Measured, port: int, done: str, numbers: Iterator[int]) -> Callable[[], None]:
    """Return what hands MAILS mails over and waits until `done` counts them; "" where the answer says it all."""

    def send(number: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as line:
            line.sendmail(f"khach{number}@thu.example", [DESK], _mail(number))

    def run() -> None:
        until = measured.ask(done) + MAILS if done else 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(send, [next(numbers) for _ in range(MAILS)]))
        ends = time.monotonic() + GIVES_UP_AFTER_SECONDS
        while done and measured.ask(done) < until:
            if time.monotonic() > ends:
                raise RuntimeError(f"Not all were read: {measured.ask(done)} of {until}.\n{measured.desk.said()}")
            time.sleep(0.02)

    return run


def _by_pipe(held: ExitStack, desk: House, database: str, numbers: Iterator[int]) -> Row:
    """Return the row of one command a mail, each a process of its own."""
    ours = _piped([sys.executable, "-m", "tantam.cli", "receive", "mail"], desk, {}, numbers)
    what = f"tantam receive mail, a process a mail ({database})"
    if find_spec("django_mailbox") is None:
        return paired(what, ours, None, rounds=PIPED, note="django-mailbox is not installed")
    address = f"sqlite:///{desk.home}/rival.sqlite3"
    if database == "PostgreSQL":
        address = held.enter_context(cluster())
    there = {"TANTAM_RIVAL_URL": address}
    program = [sys.executable, "-m", "bench.mailbox_command"]
    subprocess.run(
        [*program, "migrate"], cwd=ROOT, env={**desk.environment, **there}, check=True, stdout=subprocess.DEVNULL
    )
    rival = _piped([*program, "processincomingmessage", "desk"], desk, there, numbers)
    ours(), rival()
    note = "django-mailbox processincomingmessage, one message saved; ours: stored, then its case, promises, letter"
    return paired(what, ours, rival, rounds=PIPED, note=f"{note}; {_load()}")


def _piped(command: list[str], desk: House, more: dict[str, str], numbers: Iterator[int]) -> Callable[[], None]:
    def run() -> None:
        around = {**desk.environment, **more}
        subprocess.run(command, cwd=ROOT, env=around, input=_mail(next(numbers)), check=True, capture_output=True)

    return run


@contextmanager
def _rival_listens(desk: House) -> Iterator[int]:
    """Yield the port of the rival, which runs on the desk's database."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.bare_mail", str(port)], cwd=ROOT, env=desk.environment)
    try:
        for _ in range(200):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _load() -> str:
    """Return what else the machine did: a mail waits for a worker's turn, and for the disk."""
    return f"{os.getloadavg()[0]:.0f} processes at once on {os.cpu_count()} cores"


def _mail(number: int) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Khách {number} <khach{number}@thu.example>", DESK, f"Máy số {number}"
    made["Message-ID"] = f"<{number}.{time.time_ns()}@thu.example>"
    made.set_content(f"Thư số {number}: máy giặt kêu to, nhờ anh chị xem giúp. " * 5)
    return made.as_bytes()
