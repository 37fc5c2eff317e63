"""The disk's quota is used up, and the database is held, while mails arrive: each acknowledged is there, each once."""

from __future__ import annotations

import smtplib
import sqlite3
import threading
import time
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.full import no_larger_files
from tests.support.house import House, house
from tests.support.proving import PROVING

DESK = "desk@tantam.localhost"
ROOM = 1_000_000  # bytes to which the database's log may grow
MAILS = 40  # of 70,000 bytes
HELD_SECONDS = 26.0  # a listener waits for twenty


def _mail(number: int) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Khách {number} <khach{number}@thu.example>", DESK, f"Máy số {number}"
    made["Message-ID"] = f"<{number}@thu.example>"
    made.set_content(f"Thư số {number}: máy giặt kêu to.\n" + "kêu to " * 10_000)
    return made.as_bytes()


def _handed_over(desk: House, number: int) -> bool:
    """Whether the desk acknowledged the mail; one that it put off says so by a code of its own."""
    try:
        with smtplib.SMTP("127.0.0.1", desk.mail_in, timeout=60) as line:
            line.sendmail(f"khach{number}@thu.example", [DESK], _mail(number))
    except smtplib.SMTPDataError as later:
        assert later.smtp_code == 451, later
        return False
    return True


@pytest.mark.drill
@pytest.mark.skipif(not PROVING, reason="long; tests/desk/arrivals/test_database_in_need.py is the quick one")
def test_without_room_nothing_acknowledged_is_lost_and_what_waited_is_taken(tmp_path: Path) -> None:
    with house(tmp_path, furnish=["-m", "tests.support.furnish"]) as desk:
        desk.start("listener")
        log = (tmp_path / "tantam.sqlite3-wal").stat().st_size
        with no_larger_files(desk.processes["listener"].pid, log + ROOM):
            first = {each for each in range(MAILS) if _handed_over(desk, each)}
        assert first and len(first) < MAILS, "It was never full: it proves nothing."
        assert desk.ask("SELECT COUNT(*) FROM arrivals_arrival") == [(len(first),)]
        assert all(_handed_over(desk, each) for each in range(MAILS) if each not in first), desk.said()
        with _held(desk.home / "tantam.sqlite3"):
            assert not _handed_over(desk, MAILS), "longer than anybody waits"
        assert _handed_over(desk, MAILS)
        desk.start("worker")
        _each_is_read_once(desk)


def _each_is_read_once(desk: House) -> None:
    desk.wait_until("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM arrivals_arrival WHERE read_at IS NULL)", seconds=120)
    said = desk.ask("SELECT body FROM cases_message WHERE direction = 'incoming' AND body LIKE 'Thư số %'")
    assert sorted(int(body.split()[2].rstrip(":")) for (body,) in said) == list(range(MAILS + 1))


class _held:
    """Holds the database's one place to write for HELD_SECONDS, from before it is entered."""

    def __init__(self, file: Path) -> None:
        self._holds, self._thread = threading.Event(), threading.Thread(target=self._hold, args=(file,))

    def __enter__(self) -> None:
        self._thread.start()
        assert self._holds.wait(20)

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _hold(self, file: Path) -> None:
        with closing(sqlite3.connect(file, timeout=20, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            self._holds.set()
            time.sleep(HELD_SECONDS)
            database.execute("ROLLBACK")
