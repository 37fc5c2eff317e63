"""The listener and the worker are killed while mails arrive: what was acknowledged is stored, and read once."""

from __future__ import annotations

import smtplib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.house import House, house
from tests.support.proving import PROVING

MAILS = 2_000 if PROVING else 100
KILLS = 6 if PROVING else 2
AT_ONCE = 4
GIVES_UP_AFTER_SECONDS = 120
READ_WITHIN_SECONDS = 1_200 if PROVING else 240
DESK = "desk@tantam.localhost"


@dataclass
class Sent:
    """Which mails were acknowledged, and how often one had to be handed over again."""

    acknowledged: set[int] = field(default_factory=set)
    tried_again: int = 0

    def send(self, port: int, number: int) -> None:
        """Hand one mail over as a mail server does: until it is acknowledged."""
        until = time.monotonic() + GIVES_UP_AFTER_SECONDS
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", port, timeout=20) as line:
                    line.sendmail(f"khach{number}@thu.example", [DESK], _mail(number))
                self.acknowledged.add(number)
                return
            except (OSError, smtplib.SMTPException):
                assert time.monotonic() < until, f"Mail {number} was never taken."
                self.tried_again += 1
                time.sleep(0.2)


@pytest.mark.drill
def test_mail_that_was_acknowledged_is_stored_and_read_once(tmp_path: Path) -> None:
    with house(tmp_path, furnish=["-m", "tests.support.furnish"]) as desk:
        desk.start("listener", "worker")
        sent = Sent()
        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            mails = [pool.submit(sent.send, desk.mail_in, number) for number in range(MAILS)]
            pool.submit(_kill_now_and_then, desk, sent).result()
            for each in mails:
                each.result()
        assert sent.acknowledged == set(range(MAILS)) and sent.tried_again, "Nobody was disturbed: it proves nothing."
        desk.wait_until(
            "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM arrivals_arrival WHERE read_at IS NULL)",
            seconds=READ_WITHIN_SECONDS,
        )
        _each_is_there_once(desk)


def _each_is_there_once(desk: House) -> None:
    assert desk.ask("SELECT problem, COUNT(*) FROM arrivals_arrival GROUP BY problem") == [("", MAILS)]
    said = desk.ask("SELECT body FROM cases_message WHERE direction = 'incoming' AND channel = 'mail'")
    numbers = sorted(int(body.split()[2].rstrip(":")) for (body,) in said if body.startswith("Thư số"))
    assert numbers == list(range(MAILS)), "A mail is missing, or was said twice."


def _kill_now_and_then(desk: House, sent: Sent) -> None:
    """Kill both at even parts of the way, and start them again."""
    pause = threading.Event()
    for turn in range(1, KILLS + 1):
        while len(sent.acknowledged) < MAILS * turn // (KILLS + 1):
            pause.wait(0.02)
        desk.kill("listener", "worker")
        desk.start("worker", "listener")


def _mail(number: int) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Khách {number} <khach{number}@thu.example>", DESK, f"Máy số {number}"
    made["Message-ID"] = f"<{number}@thu.example>"
    made.set_content(f"Thư số {number}: máy giặt kêu to, nhờ anh chị xem giúp.")
    return made.as_bytes()
