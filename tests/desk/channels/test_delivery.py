"""The way out under faults: a server down for a day, a line that is cut, a refusal; each letter once and in order."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import defaultdict
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from tantam.desk.cases.actions import reply, take
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import line, outgoing
from tantam.desk.common import backlog, work
from tantam.desk.common.models import DueWork
from tantam.desk.customers.reaching import unreached_since
from tests.support import desk
from tests.support.clock import StandingClock


class Server:
    """A mail server that is down until `up` is called. took: the mails it took; says: its answers in the next ones."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.took: list[Any] = []
        self.lines = 0
        self.says: dict[str, list[str]] = defaultdict(list)
        self._loop: Any = None

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self._answer("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self._answer("RCPT", "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self._answer("DATA", "250 OK")
        if answer.startswith("2") or answer == "cut":
            self.took.append(message_from_bytes(envelope.content, policy=policy.default))
        if answer == "cut":  # it has the mail, and we never hear of it
            server.transport.abort()
        return answer

    def _answer(self, to: str, usual: str) -> str:
        return self.says[to].pop(0) if self.says[to] else usual

    def up(self) -> None:
        def session() -> SMTP:
            self.lines += 1
            return SMTP(self, hostname="test", enable_SMTPUTF8=True)

        self._loop = asyncio.new_event_loop()
        self._listening = self._loop.run_until_complete(self._loop.create_server(session, "127.0.0.1", self.port))
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def down(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._listening.close)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.run_until_complete(_end_all())
            self._loop.close()
            self._loop = None

    def ids(self) -> list[str]:
        return [str(each["Message-ID"]) for each in self.took]


async def _end_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture
def server(transactional_db: None, settings: Any) -> Iterator[Server]:
    made = Server()
    settings.SMTP_URL = f"smtp://127.0.0.1:{made.port}"
    yield made
    line.hang_up()
    made.down()


def work_off() -> None:
    while work.run_due(50):
        pass


def letters_of(case: Case) -> list[str]:
    said = case.messages.filter(direction=Message.Direction.OUTGOING).order_by("id")
    return [each or "" for each in said.values_list("message_id", flat=True)]


def test_server_down_for_a_day_then_each_letter_once_and_in_order_of_its_case(
    server: Server, plan: object, clock: StandingClock
) -> None:
    staff, cases = desk.hire(), []
    for hour in range(24):
        if hour % 3 == 0:
            cases.append(desk.opened(desk.customer(mail=f"a{hour}@example.com")))
        reply(cases[hour % len(cases)], staff.agent, f"Chào chị, {hour} giờ.")
        for _ in range(4):
            work_off()
            clock.forward(minutes=15)
    written = {each for case in cases for each in letters_of(case)}
    assert server.took == [] and len(written) == 24 + 8
    assert not DueWork.objects.filter(kind="deliver_message").exclude(failed_at=None).exists()
    server.up()
    clock.forward(hours=6)  # the longest pause; the first that goes out takes the others along
    work_off()
    came = server.ids()
    assert len(came) == len(set(came)) and set(came) == written
    for case in cases:
        assert [each for each in came if each in letters_of(case)] == letters_of(case)
    assert not Message.objects.filter(direction="outgoing", delivered_at=None).exists()


def test_once_the_server_is_back_nothing_waits_for_its_pause(
    server: Server, plan: object, clock: StandingClock
) -> None:
    cases = [desk.opened(desk.customer(mail=f"{each}@example.com")) for each in "abc"]
    for _ in range(10):
        work_off()
        clock.forward(hours=1)
    server.up()
    desk.opened(desk.customer(mail="d@example.com"))
    work_off()
    assert len(server.took) == len(cases) + 1


def test_letters_of_a_batch_go_over_one_line(server: Server, plan: object) -> None:
    server.up()
    for each in range(12):
        desk.opened(desk.customer(mail=f"{each}@example.com"))
    work_off()
    assert (len(server.took), server.lines) == (12, 1)


def test_line_that_the_server_closed_is_opened_again(server: Server, plan: object) -> None:
    server.up()
    desk.opened(desk.customer(mail="a@example.com"))
    work_off()
    server.down()
    server.up()
    desk.opened(desk.customer(mail="b@example.com"))
    work_off()
    assert (len(server.took), server.lines) == (2, 2)


def test_line_cut_after_the_mail_was_taken_sends_it_again_under_the_same_id(
    server: Server, plan: object, clock: StandingClock
) -> None:
    server.up()
    server.says["DATA"] = ["cut"]
    case = desk.opened(desk.customer())
    work_off()
    clock.forward(minutes=1)
    work_off()
    assert set(server.ids()) == set(letters_of(case)) and len(server.took) == 2


def test_letter_waits_for_the_one_before_it(server: Server, plan: object, clock: StandingClock) -> None:
    server.up()
    server.says["RCPT"] = ["450 4.2.0 greylisted"]
    case, staff = desk.opened(desk.customer()), desk.hire()
    work_off()
    reply(case, staff.agent, "Chào chị.")
    work_off()
    assert server.took == []
    clock.forward(seconds=15)
    work_off()
    assert server.ids() == letters_of(case)


def test_refused_for_good_is_told_to_the_owner_and_holds_up_nothing(server: Server, plan: object) -> None:
    server.up()
    server.says["RCPT"] = ["550 5.1.1 no such user"]
    case, staff = desk.opened(desk.customer()), desk.hire()
    take(case, staff.agent)
    work_off()
    assert case.events.get(code="bounced").args | {"message": 0} == {"message": 0, "lasting": True, "status": "5.1.1"}
    assert unreached_since(case.customer) is not None
    message = reply(case, staff.agent, "Chào chị.")
    work_off()
    assert server.ids() == [message.message_id]
    assert [each.error for each in backlog.given_up(5)] == ["550 5.1.1 no such user"]


@pytest.mark.parametrize(
    ("to", "answer", "raises"),
    [
        ("MAIL", "550 5.7.1 you may not send as this", line.ServerAway),
        ("MAIL", "552 5.3.4 too large", line.Undeliverable),
        ("RCPT", "450 4.2.1 busy", line.NotDelivered),
        ("RCPT", "550 5.7.1 looks like spam", line.Undeliverable),
        ("DATA", "451 4.3.0 later", line.NotDelivered),
        ("DATA", "554 5.6.0 no", line.Undeliverable),
    ],
)
def test_what_is_our_own_fault_waits_and_what_is_the_mails_fails(
    server: Server, plan: object, to: str, answer: str, raises: type[Exception]
) -> None:
    server.up()
    case = desk.opened(desk.customer())
    server.says[to] = [answer]
    with pytest.raises(raises) as caught:
        outgoing.deliver_message({"message": case.messages.get(direction="outgoing").pk})
    assert type(caught.value) is raises
    assert unreached_since(case.customer) is None
    assert ("bounced" in desk.codes(case)) is (raises is line.Undeliverable)


def test_server_that_is_away_is_left_in_peace_for_a_moment(server: Server, plan: object, clock: StandingClock) -> None:
    for each in range(3):
        desk.opened(desk.customer(mail=f"{each}@example.com"))
    work.run_due(50)
    errors = DueWork.objects.filter(kind="deliver_message").order_by("id").values_list("error", flat=True)
    assert ["a moment ago" in each for each in errors] == [False, True, True]
