"""Web and worker are killed while complaints are being filed: nothing acknowledged is lost, nothing arrives twice."""

from __future__ import annotations

import http.client
import os
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.house import House, house
from tests.support.visitor import Visitor

LONG = os.environ.get("TANTAM_PROVE") == "1"
COMPLAINTS = 500 if LONG else 30
KILLS = 6 if LONG else 2
AT_ONCE = 4
FORM = "/help/complaint/"
GIVES_UP_AFTER_SECONDS = 90


@pytest.mark.drill
def test_nothing_acknowledged_is_lost_and_nothing_arrives_twice(tmp_path: Path) -> None:
    with house(tmp_path, furnish=["-m", "tests.support.furnish"]) as desk:
        desk.start("catch-all", "web", "worker")
        filed = Filed()
        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            complaints = [pool.submit(filed.file, desk.port, number) for number in range(COMPLAINTS)]
            pool.submit(_kill_now_and_then, desk, filed)
            for each in complaints:
                each.result()
        _nothing_is_lost(desk, filed)
        _nothing_arrives_twice(desk)


class Filed:
    """What was acknowledged: the private link by the number of the complaint."""

    def __init__(self) -> None:
        self.links: dict[int, str] = {}
        self.tried_again = 0
        self._of_this_thread = threading.local()

    def file(self, port: int, number: int) -> None:
        """File one complaint; a connection that breaks is tried again with the same form, as a browser does."""
        submission, until = str(uuid.uuid4()), time.monotonic() + GIVES_UP_AFTER_SECONDS
        while True:
            try:
                self.links[number] = self._visitor(port).send(
                    FORM,
                    submission=submission,
                    topic="complaint",
                    body=f"Phản ánh số {number}: hứa gọi lại mà không gọi.",
                    name=f"Nguyễn Văn {number}",
                    contact=f"khach{number}@thu.example",
                )
                return
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < until, f"Complaint {number} could not be filed."
                self.tried_again += 1
                time.sleep(0.2)

    def _visitor(self, port: int) -> Visitor:
        """Return this thread's browser, with the form open for longer than a machine would wait."""
        if not hasattr(self._of_this_thread, "visitor"):
            visitor = Visitor(port)
            visitor.look(FORM)
            time.sleep(2.1)
            self._of_this_thread.visitor = visitor
        found: Visitor = self._of_this_thread.visitor
        return found


def _kill_now_and_then(desk: House, filed: Filed) -> None:
    """Kill web and worker at even parts of the way, and start them again."""
    for turn in range(1, KILLS + 1):
        _wait_for(filed, COMPLAINTS * turn // (KILLS + 1))
        desk.kill("web", "worker")
        desk.start("worker", "web")


def _wait_for(filed: Filed, many: int) -> None:
    pause = threading.Event()
    while len(filed.links) < many:
        pause.wait(0.02)


def _nothing_is_lost(desk: House, filed: Filed) -> None:
    kept = {key for (key,) in desk.ask("SELECT link_key FROM cases_case")}
    assert len(filed.links) == COMPLAINTS
    assert {link.strip("/").split("/")[-1] for link in filed.links.values()} <= kept
    assert filed.tried_again, "Nobody was disturbed: the drill proves nothing."
    bodies = desk.ask(
        "SELECT body FROM cases_message JOIN cases_case AS filed ON filed.id = case_id "
        "WHERE direction = 'incoming' AND department = ''"  # departments ask each other too, unasked
    )
    numbers = sorted(int(body.split()[3].rstrip(":")) for (body,) in bodies)
    assert numbers == list(range(COMPLAINTS)), "A complaint is missing, or was kept twice."


def _nothing_arrives_twice(desk: House) -> None:
    desk.wait_until(
        "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM cases_message WHERE sent_to <> '' AND delivered_at IS NULL)",
        seconds=120,
    )
    written = desk.ask("SELECT message_id, sent_to FROM cases_message WHERE sent_to <> ''")
    caught = desk.ask("SELECT message_id, recipient FROM email_caughtmail")
    assert sorted(caught) == sorted(written)
    assert len({recipient for _, recipient in caught}) == len(caught) == COMPLAINTS
