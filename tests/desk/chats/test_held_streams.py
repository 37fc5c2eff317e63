"""How many streams stay open: one visitor cannot hold those of all others."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tantam.desk.common.bridge import Answered
from tantam.desk.rsgi import MOST_OF_A_WINDOW, Desk


@dataclass(eq=False)
class Quiet:
    """A stream on which nothing is said."""

    window: int
    topics: tuple[str, ...] = ("quiet",)

    def more(self) -> str:
        return ""


@dataclass
class Reader:
    """What the server holds of one reader: refused, as they were told at once; or held, until they go."""

    refused: bytes = b""
    held: asyncio.Event = field(default_factory=asyncio.Event)

    def response_bytes(self, status: int, headers: object, body: bytes) -> None:
        self.refused = body

    def response_stream(self, status: int, headers: object) -> Reader:
        return self

    async def send_str(self, text: str) -> None:
        self.held.set()

    async def client_disconnect(self) -> None:
        await asyncio.Event().wait()


def test_one_visitor_holds_some_streams_and_leaves_the_others_theirs() -> None:
    refused, other = asyncio.run(_crowded())
    assert refused.startswith(b"retry: ") and other == b""


async def _crowded() -> tuple[bytes, bytes]:
    """Return what one stream too many of a visitor is told, and what another visitor's is."""
    desk = Desk()
    desk._held, desk._streams, desk._looks = set(), set(), ThreadPoolExecutor(1)
    open_ones = [await _opened(desk, 7) for _ in range(MOST_OF_A_WINDOW)]
    one_more = Reader()
    await desk._hold(Answered(200, [], stream=Quiet(7)), one_more)
    other = await _opened(desk, 8)
    for task, _ in (*open_ones, other):
        task.cancel()
    return one_more.refused, other[1].refused


async def _opened(desk: Desk, window: int) -> tuple[asyncio.Task[None], Reader]:
    """Return a stream that is open."""
    reader = Reader()
    task = asyncio.create_task(desk._hold(Answered(200, [], stream=Quiet(window)), reader))
    await asyncio.wait_for(reader.held.wait(), 20)
    return task, reader
