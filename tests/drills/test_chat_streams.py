"""Chats over two web processes: what one is told, the other tells; one is killed, and nothing is lost or twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House, house
from tests.support.listener import Listener
from tests.support.postgres import cluster
from tests.support.two_webs import always_chatting, second_web

pytestmark = pytest.mark.drill

ANSWER = """
import django; django.setup()
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.chats.actions import answer_chat
case = Case.objects.filter(channel="chat").order_by("-id")[0]
answer_chat(case, Person.objects.get(email="agent@ben-xuan.example"), {text!r})
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, int]]:
    """Two web processes on one PostgreSQL, open around the clock; the port of the second."""
    home: Path = tmp_path_factory.mktemp("chats")
    with cluster() as database:
        furnish = ["-m", "tests.support.furnish", "3", always_chatting(home)]
        with house(home, furnish=furnish, TANTAM_DATABASE_URL=database) as built:
            built.start("web")
            yield built, second_web(built)


def test_what_is_said_at_one_process_is_told_at_the_other(two: tuple[House, int]) -> None:
    desk, other = two
    here = Listener(desk.port).begin()
    there = Listener(other, here.token)
    here.ask("write", {"text": "Một", "client_id": "a1"})
    there.open()
    there.wait_for("message", "Một")
    here.ask("write", {"text": "Hai", "client_id": "a2"})
    there.wait_for("message", "Hai")
    desk.run("-c", ANSWER.format(text="Dạ em nghe."))  # a third process, as the worker is
    there.wait_for("message", "Dạ em nghe.")
    assert there.texts() == ["Một", "Hai", "Dạ em nghe."]


def test_one_process_is_killed_and_nothing_is_lost_or_told_twice(
    two: tuple[House, int], request: pytest.FixtureRequest
) -> None:
    desk, other = two
    window = Listener(desk.port).begin()
    window.ask("write", {"text": "Một", "client_id": "b1"})
    window.open()
    window.wait_for("message", "Một")
    desk.kill("web")
    request.addfinalizer(lambda: desk.start("web"))
    desk.run("-c", ANSWER.format(text="Trong lúc đó."))
    window.port = other
    window.open()
    window.wait_for("message", "Trong lúc đó.")
    window.ask("write", {"text": "Một", "client_id": "b1"})  # sent again, for nobody knew whether it was taken
    window.ask("write", {"text": "Ba", "client_id": "b3"})
    window.wait_for("message", "Ba")
    assert window.texts() == ["Một", "Trong lúc đó.", "Ba"]
    assert [each["text"] for each in window.ask("history")["messages"] if each["from"] != "note"] == window.texts()
