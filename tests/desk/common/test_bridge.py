"""A request of the server as Django reads it, and the three manners of its answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File

from tantam.desk.common import bridge
from tantam.desk.common.bridge import HELD, Bridge


class Headers:
    """Headers as the server tells them: in lower case, one a pair."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self._pairs = list(pairs)

    def __contains__(self, name: str) -> bool:
        return any(each == name for each, _ in self._pairs)

    def get(self, name: str) -> str | None:
        return dict(self._pairs).get(name)

    def items(self) -> list[tuple[str, str]]:
        return self._pairs


@dataclass
class Scope:
    """What the server tells of a request; its path is decoded already."""

    method: str = "GET"
    path: str = "/"
    query_string: str = ""
    client: str = "10.0.0.7:51000"
    server: str = "127.0.0.1:8000"
    http_version: str = "1.1"
    scheme: str = "http"
    authority: str | None = None
    headers: Headers = field(default_factory=Headers)


class Body:
    """A body that comes in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for each in self._pieces:
            yield each


def asked(scope: Scope, *pieces: bytes) -> dict[str, Any]:
    """Return what the application is told, its body read under `body`."""
    told: dict[str, Any] = {}

    def application(surroundings: dict[str, Any], start_response: Any) -> list[bytes]:
        told.update(surroundings, body=surroundings["wsgi.input"].read())
        start_response("200 OK", [])
        return [b""]

    Bridge(application).answer(asyncio.run(bridge.read(scope, Body(*pieces))))
    return told


def answered(parts: Any, *, held: object = None) -> Any:
    """Return how an answer of these parts is given."""

    def application(surroundings: dict[str, Any], start_response: Any) -> Any:
        start_response("207 So", [("X-A", "1")])
        if held:
            surroundings[HELD].append(held)
        return parts

    return Bridge(application).answer(bridge.Request(Scope(), None))


def test_path_that_was_decoded_is_not_decoded_again() -> None:
    told = asked(Scope(path="/%41/é", query_string="q=%20a"))
    assert (told["PATH_INFO"].encode("latin-1").decode(), told["QUERY_STRING"]) == ("/%41/é", "q=%20a")


def test_who_asks_and_whom_is_told_without_ports() -> None:
    told = asked(Scope(client="[::1]:99", authority="desk.example"))
    assert (told["REMOTE_ADDR"], told["HTTP_HOST"], told["SERVER_PORT"]) == ("::1", "desk.example", "8000")


def test_header_with_an_underscore_passes_for_no_other() -> None:
    told = asked(Scope(headers=Headers(("x-forwarded-for", "1.1.1.1"), ("x_forwarded_for", "6.6.6.6"))))
    assert told["HTTP_X_FORWARDED_FOR"] == "1.1.1.1"


def test_cookies_of_several_headers_are_one_list() -> None:
    assert asked(Scope(headers=Headers(("cookie", "a=1"), ("cookie", "b=2"))))["HTTP_COOKIE"] == "a=1; b=2"


def test_body_without_a_length_is_read_and_its_length_told() -> None:
    told = asked(Scope("POST", headers=Headers(("transfer-encoding", "chunked"))), b"ab", b"cd")
    assert (told["body"], told["CONTENT_LENGTH"]) == (b"abcd", "4")


def test_body_beyond_all_bounds_is_not_kept_but_its_length_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "MOST_BODY", 3)
    told = asked(Scope("POST", headers=Headers(("transfer-encoding", "chunked"))), b"ab", b"cdef")
    assert (told["body"], told["CONTENT_LENGTH"]) == (b"ab", "6")


def test_body_that_breaks_off_is_answered_by_nobody() -> None:
    with pytest.raises(bridge.BrokenOff):
        asked(Scope("POST", headers=Headers(("content-length", "100"))), b"half of a compl")


def test_body_that_does_not_go_on_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"a"
            await asyncio.Event().wait()

    monkeypatch.setattr(bridge, "SILENCE", 0.05)
    with pytest.raises(bridge.BrokenOff):
        asyncio.run(bridge.read(Scope("POST", headers=Headers(("content-length", "100"))), Silent()))


def test_small_answer_is_whole() -> None:
    found = answered([b"a", b"b"])
    assert (found.status, found.headers, found.body) == (207, [("X-A", "1")], b"ab")


def test_large_answer_comes_in_parts_and_is_closed_afterwards() -> None:
    closed = []

    class Large:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"x" * 400_000] * 5)

        def close(self) -> None:
            closed.append(True)

    found, parts = answered(Large()), []
    assert found.body is None and not closed
    while part := found.part(500_000):
        parts.append(part)
    found.close()
    assert (len(b"".join(parts)), closed) == (2_000_000, [True])


def test_large_answer_is_made_in_one_thread_whoever_sends_it() -> None:
    makers = set()

    def lines() -> Iterator[bytes]:
        for _ in range(50):
            makers.add(threading.get_ident())
            yield b"x" * 100_000

    found = answered(lines())
    with ThreadPoolExecutor(1) as sender:
        sent = sender.submit(lambda: b"".join(iter(lambda: found.part(262_144), b""))).result()
    assert (len(sent), makers) == (5_000_000, {threading.get_ident()})


def wrapped(file: Any, closed: list[bool]) -> Any:
    """Return how an answer of a file is given, as Django does it."""

    def application(surroundings: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [])
        file.close = lambda: closed.append(True)
        return surroundings["wsgi.file_wrapper"](file, 4096)

    return Bridge(application).answer(bridge.Request(Scope(), None))


@pytest.mark.parametrize(("size", "sent"), [(bridge.IN_MEMORY + 1, True), (bridge.IN_MEMORY - 1, False)])
def test_large_file_is_left_to_the_server_and_never_read(tmp_path: Path, size: int, sent: bool) -> None:
    kept, closed = tmp_path / "kept", list[bool]()
    kept.write_bytes(b"x" * size)
    with kept.open("rb") as opened:
        found = wrapped(File(opened), closed)
        assert (found.file, opened.tell(), closed) == (str(kept) if sent else "", 0 if sent else size, [True])
    assert found.body is None if sent else found.body == kept.read_bytes()


def test_part_of_a_file_is_not_taken_for_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"x" * 3_000_000)
    with (tmp_path / "kept").open("rb") as opened:
        opened.seek(1_500_000)
        found = wrapped(File(opened), [])
        assert not found.file and len(found.part(9_000_000)) == 1_500_000


def test_stream_that_a_view_leaves_is_held() -> None:
    assert answered([b""], held="stream").stream == "stream"
