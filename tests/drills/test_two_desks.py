"""Two desks that write to each other fall silent by themselves, whatever a gateway between them takes away."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.support.house import House, free_port, house
from tests.support.proving import PROVING

TOLD_BY = ("Auto-Submitted", "List-Id", "Precedence", "X-Auto-Response-Suppress", "Message-ID", "In-Reply-To")
TOLD_BY += ("References", "Reply-To", "Feedback-ID", "List-Unsubscribe", "List-Unsubscribe-Post")
SILENT_SECONDS = 12.0  # so long nothing was sent
MOST_OF_A_SENDER = 20  # cases an hour, by the desk's own rate; an hour may end meanwhile


class Gateway:
    """Carries mail from one desk to the other. strips: it leaves no header by which a machine is known."""

    def __init__(self, *, strips: bool) -> None:
        self.strips, self.desks, self.carried = strips, dict[str, House](), list[str]()
        self.last = time.monotonic()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content)
        for each in TOLD_BY if self.strips else ():
            del mail[each]
        if self.strips:
            mail["Message-ID"] = make_msgid(domain="gateway.example")
        to = envelope.rcpt_tos[0]
        with smtplib.SMTP("127.0.0.1", self.desks[to.partition("@")[2]].mail_in, timeout=20) as line:
            line.sendmail(envelope.mail_from or "", [to], mail.as_bytes())
        self.carried.append(f"{envelope.mail_from} -> {to}: {mail['Subject']}")
        self.last = time.monotonic()
        return "250 Carried"


@pytest.mark.drill
@pytest.mark.parametrize("strips", [False, pytest.param(True, marks=pytest.mark.skipif(not PROVING, reason="long"))])
def test_two_desks_that_answer_each_other_fall_silent(tmp_path: Path, strips: bool) -> None:
    with _two_desks(tmp_path, Gateway(strips=strips)) as gateway:
        first = EmailMessage()
        first["From"], first["To"], first["Subject"] = "desk@b.example", "desk@a.example", "Máy hỏng"
        first.set_content("Máy giặt kêu to, nhờ xem giúp.")
        with smtplib.SMTP("127.0.0.1", gateway.desks["a.example"].mail_in, timeout=20) as line:
            line.sendmail("desk@b.example", ["desk@a.example"], first.as_bytes())
        gateway.desks["a.example"].wait_until("SELECT 1 FROM arrivals_arrival WHERE read_at IS NOT NULL", seconds=60)
        gateway.last = time.monotonic()
        while time.monotonic() - gateway.last < SILENT_SECONDS:
            assert len(gateway.carried) <= (4 * MOST_OF_A_SENDER if strips else 3), "\n".join(gateway.carried)
            time.sleep(0.5)
        assert gateway.carried, "Nobody answered: it proves nothing."


@contextmanager
def _two_desks(folder: Path, gateway: Gateway) -> Iterator[Gateway]:
    """Yield the gateway with a desk on each side, which sends by it and listens."""
    port = free_port()
    carrier = Controller(gateway, hostname="127.0.0.1", port=port)
    carrier.start()
    with ExitStack() as held:
        held.callback(carrier.stop)
        for name in ("a.example", "b.example"):
            (folder / name).mkdir()
            own = {"TANTAM_MAIL_DOMAIN": name, "TANTAM_SMTP_URL": f"smtp://127.0.0.1:{port}"}
            made = held.enter_context(house(folder / name, furnish=["-m", "tests.support.furnish"], **own))
            made.start("listener", "worker")
            gateway.desks[name] = made
        yield gateway
