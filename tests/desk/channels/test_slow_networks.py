"""A network that answers byte by byte holds a worker up for so long and no longer, whatever is asked of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tantam.desk.channels.messaging import fetching, graph
from tantam.desk.channels.messaging.accounts import Account
from tantam.desk.channels.messaging.network import NotTaken
from tantam.desk.channels.messaging.zalo import Zalo
from tantam.desk.common import clock, posting
from tests.desk.channels.receiver import Receiver, receiving


@pytest.fixture
def dripping(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A server whose answers take a hundred seconds, a byte at a time; the desk waits for half a second."""
    settings.PRIVATE_HOOKS = True
    monkeypatch.setattr(posting, "CALL_SECONDS", 0.5)
    monkeypatch.setattr(fetching, "FILE_SECONDS", 0.5)
    with receiving() as made:
        made.says, made.drips = b'{"error": 0, "message_id": "1"}' + b" " * 1_000, 0.1
        yield made


def _ends_in_time(call: Callable[[], object]) -> None:
    began = time.monotonic()
    with pytest.raises(NotTaken):
        call()
    assert time.monotonic() - began < 5


def test_call_of_the_graph_ends_in_time(dripping: Receiver) -> None:
    _ends_in_time(lambda: graph.call(dripping.url, "token", {"to": "84912345678"}))


@pytest.mark.parametrize("known", ["token", "nothing"])
def test_message_and_token_of_zalo_end_in_time(dripping: Receiver, tmp_path: Path, known: str) -> None:
    tokens = tmp_path / "zalo.json"
    ends = clock.now().timestamp() + 80_000
    held = {"access_token": "a", "ends": ends} if known == "token" else {}
    tokens.write_text(json.dumps({"refresh_token": "r"} | held))
    keys = {"app": "1", "secret": "s", "oa": "2", "oa_secret": "o", "tokens": str(tokens)}
    _ends_in_time(lambda: Zalo(Account("zalo", dripping.url, keys)).send("3", "Chào"))


def test_file_ends_in_time(dripping: Receiver) -> None:
    _ends_in_time(lambda: list(fetching.chunks(dripping.url, {})))


def test_file_that_breaks_off_is_fetched_again(settings: Any) -> None:
    settings.PRIVATE_HOOKS = True
    with receiving() as made:
        made.says, made.claims = b"x" * 10, 20
        with pytest.raises(NotTaken, match="before its end"):
            list(fetching.chunks(made.url, {}))
