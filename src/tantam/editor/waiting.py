"""Waits until somebody pauses in typing: many changes become one call, and none waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable

PAUSE = 0.25  # seconds without a change
LONGEST = 2.0  # seconds after which it is called although changes go on


class Waiting:
    """Calls `do` with everything that changed since it last was called; one call at a time."""

    def __init__(self, do: Callable[[set[Hashable]], Awaitable[None]]) -> None:
        self._do = do
        self._changed: set[Hashable] = set()
        self._since: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._running: asyncio.Task[None] | None = None

    def changed(self, what: Hashable) -> None:
        """Say that something changed. Called in the loop."""
        loop = asyncio.get_running_loop()
        self._changed.add(what)
        self._since = self._since if self._since is not None else loop.time()
        if self._timer is not None:
            self._timer.cancel()
        pause = min(PAUSE, max(0.0, self._since + LONGEST - loop.time()))
        self._timer = loop.call_later(pause, self._due)

    def stop(self) -> None:
        """Forget what is waiting."""
        if self._timer is not None:
            self._timer.cancel()

    def _due(self) -> None:
        if self._running is not None and not self._running.done():
            self._timer = asyncio.get_running_loop().call_later(PAUSE, self._due)
            return
        changed, self._changed, self._since = self._changed, set(), None
        self._running = asyncio.get_running_loop().create_task(self._call(changed))

    async def _call(self, changed: set[Hashable]) -> None:
        await self._do(changed)
