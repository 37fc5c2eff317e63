"""The desk as the server runs it: pages by Django in a pool of threads, streams kept open by the event loop."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from tantam.desk.common import bridge
from tantam.desk.common.bridge import Answered, Bridge

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")

THREADS = 8  # requests that are answered at the same time; each keeps a connection to the database
LOOKS = 2  # the same for open streams, which look when they are woken
HEARTBEAT = 15.0  # seconds without an event, after which a comment keeps the connection
SEEN_SECONDS = 25.0  # between two notes that windows are open: one note for all of them
UNASKED = 8  # heartbeats after which a stream looks though nobody woke it: who is there changes by itself
MOST_STREAMS = 2000  # of one process
MOST_OF_A_WINDOW = 20  # of one visitor's tabs: else one of them could hold all that there are
AGAIN_MS = 2000
BLOCK = 262_144  # bytes of a file at a time

_log = logging.getLogger(__name__)


class Desk:
    """What granian calls: `__rsgi_init__` once a process, then `__rsgi__` for each request."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Load Django, and begin to listen to what other processes tell."""
        from django.core.wsgi import get_wsgi_application

        self._bridge = Bridge(get_wsgi_application())
        from tantam.desk.chats import wire

        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._looks = ThreadPoolExecutor(LOOKS, thread_name_prefix="look")
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="beside")  # what nobody waits for
        self._held: set[asyncio.Task[None]] = set()
        self._streams: set[Any] = set()
        self._running = [loop.create_task(wire.listen(self._beside)), loop.create_task(self._note_windows())]

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Let open streams end: their windows come again."""
        for each in (*self._running, *self._held):
            each.cancel()

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        try:
            request = await bridge.read(scope, proto)
        except bridge.BrokenOff:
            with suppress(RuntimeError):  # mostly nobody is there any more; a proxy sends it once more, or says so
                proto.response_empty(400, [])
            return
        answered = await self._in(self._threads, self._answer, request, proto)
        if answered.stream is not None:
            await self._hold(answered, proto)
        elif answered.body is None and not answered.file:
            await self._send(answered, proto)

    def _answer(self, request: bridge.Request, proto: Any) -> Answered:
        """Answer in a thread; what is whole goes out from there, and waits for no turn of the event loop."""
        answered = self._bridge.answer(request)
        if answered.body is not None:
            proto.response_bytes(answered.status, answered.headers, answered.body)
        elif answered.file:
            proto.response_file(answered.status, answered.headers, answered.file)
        return answered

    async def _send(self, answered: Answered, proto: Any) -> None:
        """Send what is large in parts, as they are taken."""
        try:
            transport = proto.response_stream(answered.status, answered.headers)
            while part := await self._in(self._threads, answered.part, BLOCK):
                await transport.send_bytes(part)
        finally:
            await self._in(self._threads, answered.close)

    async def _hold(self, answered: Answered, proto: Any) -> None:
        """Keep a stream open until its reader goes; too many are told to ask again instead."""
        headers = [each for each in answered.headers if each[0].lower() != "content-length"]
        if len(self._held) >= MOST_STREAMS or self._has_enough(answered.stream.window):
            proto.response_bytes(answered.status, headers, f"retry: {10 * AGAIN_MS}\n\n".encode())
            return
        task = asyncio.current_task()
        assert task is not None
        self._held.add(task)
        gone = asyncio.ensure_future(proto.client_disconnect())
        self._streams.add(answered.stream)
        try:
            transport = proto.response_stream(answered.status, headers)
            await self._tell(answered.stream, transport.send_str, gone)
        except (asyncio.CancelledError, ConnectionError, RuntimeError):
            return  # the reader went, or the process ends; RSGIProtocolClosed is a RuntimeError
        finally:
            gone.cancel()
            self._held.discard(task)
            self._streams.discard(answered.stream)

    def _has_enough(self, window: int) -> bool:
        return bool(window) and sum(each.window == window for each in self._streams) >= MOST_OF_A_WINDOW

    async def _tell(self, stream: Any, send: Callable[[str], Any], gone: asyncio.Future[None]) -> None:
        from tantam.desk.chats import hub

        with hub.subscribed(stream.topics) as news:
            gone.add_done_callback(news.close)
            await send(f"retry: {AGAIN_MS}\n\n{await self._in(self._looks, _fresh, stream.more)}")
            beats, since, beat = 0, time.monotonic(), HEARTBEAT * random.uniform(0.8, 1.0)  # not all at once
            while not news.closed:
                look, passing = await news.wait(beat)
                if news.closed:
                    return
                text = "".join(map(stream.passing, passing))
                if time.monotonic() - since >= beat:
                    beats, since = beats + 1, time.monotonic()
                    if beats % UNASKED == 0:
                        await self._in(self._beside, _fresh, stream.still)
                        look = True
                if look:
                    text += await self._in(self._looks, _fresh, stream.more)
                await send(text or ": \n\n")

    async def _note_windows(self) -> None:
        """Note again and again which windows are open here."""
        from tantam.desk.chats.actions import all_still_here

        while True:
            await asyncio.sleep(SEEN_SECONDS)
            windows = {each.window for each in self._streams if each.window}
            try:
                await self._in(self._beside, _fresh, lambda windows=windows: all_still_here(windows))
            except Exception:  # the database may be away for a while
                _log.exception("Which windows are open could not be noted.")

    async def _in(self, pool: ThreadPoolExecutor, do: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, do, *arguments)


def _fresh(do: Callable[[], Any]) -> Any:
    """Do it with a connection that works."""
    from django.db import close_old_connections

    close_old_connections()
    return do()


application = Desk()
