"""Tells open windows that something happened, in this process and in all others; nobody hears of what was undone.

What is told says only where to look: whoever hears it reads the database. What passes (somebody types) is told whole,
and kept nowhere. On PostgreSQL every process hears by LISTEN (`wire`); on SQLite the one that acted tells itself.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.db import connection, transaction

CHANNEL = "tantam_chats"  # of LISTEN and NOTIFY
DESK = "desk"  # the topic of who looks at the list of chats
TYPING = "typing"
VISITOR = "visitor"
TYPES_FOR = 6.0  # seconds after a key
UNHURRIED = 1.0  # seconds in which several changes of the list are one
MOST_TOPICS = 200  # of one notice: of 30 bytes each at most
MOST_TYPING = 5000  # cases in which somebody typed lately, as far as this process knows


@dataclass(frozen=True, slots=True)
class News:
    """topics: whom it concerns. kind: TYPING, or "" for whatever the database says. what: of what passes."""

    topics: tuple[str, ...]
    kind: str = ""
    what: dict[str, Any] = field(default_factory=dict)

    def packed(self) -> str:
        """Return it as it goes from process to process; of one of its `parts`, less than PostgreSQL's 8000 bytes."""
        return json.dumps([self.topics, self.kind, self.what], separators=(",", ":"))

    def parts(self) -> list[News]:
        """Return it for MOST_TOPICS at a time: a case to which hundreds were joined has as many windows."""
        starts = range(0, len(self.topics), MOST_TOPICS)
        return [News(self.topics[at : at + MOST_TOPICS], self.kind, self.what) for at in starts]


def unpacked(said: str) -> News:
    """Return what another process packed. Raises ValueError, TypeError."""
    topics, kind, what = json.loads(said)
    return News(tuple(topics), kind, dict(what))


def of_case(case: int) -> str:
    """Return the topic of one case."""
    return f"case:{case}"


def of_visitor(visitor: int) -> str:
    """Return the topic of one window."""
    return f"visitor:{visitor}"


def of_person(person: int) -> str:
    """Return the topic of one colleague's chats."""
    return f"person:{person}"


def tell(*topics: str) -> None:
    """Tell that something happened, once the transaction that did it is committed."""
    _send(News(topics))


def pass_on(case: int, visitor: int, *, who: str, on: bool = True) -> None:
    """Tell that somebody types in a case, or no longer. who: VISITOR, or a colleague's name as customers read it."""
    news = News((of_case(case), of_visitor(visitor)), TYPING, {"case": str(case), "who": who, "on": on})
    _note_typing(news)
    _send(news)


def types(case: int, who: str = VISITOR) -> bool:
    """Whether somebody pressed a key in the case just now, as far as this process heard."""
    return monotonic() - _typed.get((case, who), -TYPES_FOR) < TYPES_FOR


def spread(news: News) -> None:
    """Wake whoever subscribed here to one of the topics."""
    if news.kind == TYPING:
        _note_typing(news)
    with _lock:
        own = {each for topic in news.topics if topic != DESK for each in _subscribed.get(topic, ())}
        of_list = set(_subscribed.get(DESK, ())) - own if DESK in news.topics else set()
    for each in own:
        each.wake(news)
    for each in of_list:
        each.wake_soon()


def stir() -> None:
    """Wake everybody: something may have been missed."""
    with _lock:
        everybody = {each for some in _subscribed.values() for each in some}
    for each in everybody:
        each.wake(News(()))


def anybody() -> bool:
    """Whether any window is open here."""
    return bool(_subscribed)


class Subscription:
    """Who waits in an event loop. Woken often, it looks once; what passes is kept until it is fetched."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._event = loop, asyncio.Event()
        self._passing: list[News] = []
        self._look = self._soon = self.closed = False

    def wake(self, news: News) -> None:
        """Called by any thread."""
        self._loop.call_soon_threadsafe(self._heard, news)

    def wake_soon(self) -> None:
        """Called by any thread: to look within UNHURRIED, once for all that happens until then."""
        self._loop.call_soon_threadsafe(self._heard_of_list)

    def close(self, *_args: object) -> None:
        """Let who waits end; called in the loop."""
        self.closed = True
        self._event.set()

    async def wait(self, seconds: float) -> tuple[bool, list[News]]:
        """Return whether to look, and what passed; after `seconds` at the latest."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False, []
        self._event.clear()
        passing, self._passing = self._passing, []
        look, self._look = self._look, False
        return look, passing

    def _heard_of_list(self) -> None:
        if not self._soon:
            self._soon = True
            self._loop.call_later(UNHURRIED, self._heard, News(()))

    def _heard(self, news: News) -> None:
        if news.kind:
            self._passing.append(news)
        else:
            self._look, self._soon = True, False
        self._event.set()


@contextmanager
def subscribed(topics: tuple[str, ...]) -> Iterator[Subscription]:
    """Yield what wakes for any of the topics; inside a running event loop."""
    waits = Subscription(asyncio.get_running_loop())
    with _lock:
        for each in topics:
            _subscribed[each].add(waits)
    try:
        yield waits
    finally:
        with _lock:
            for each in topics:
                _subscribed[each].discard(waits)
                if not _subscribed[each]:
                    del _subscribed[each]


_lock = threading.Lock()
_subscribed: dict[str, set[Subscription]] = defaultdict(set)
_typed: dict[tuple[int, str], float] = {}


def _send(news: News) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # PostgreSQL passes it on when the transaction commits
            for part in news.parts():
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, part.packed()])
    else:
        transaction.on_commit(lambda: spread(news))


def _note_typing(news: News) -> None:
    who = VISITOR if news.what.get("who") == VISITOR else "us"
    if len(_typed) > MOST_TYPING:
        _typed.clear()
    _typed[int(news.what["case"]), who] = monotonic() if news.what.get("on", True) else -TYPES_FOR
