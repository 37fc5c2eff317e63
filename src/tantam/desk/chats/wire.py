"""Hears what other processes tell: one connection a process listens on PostgreSQL; on SQLite the file is looked at.

What is missed while the connection is away is not lost: everybody looks once it is back.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from concurrent.futures import Executor
from typing import Any

from django.db import connection

from tantam.desk.chats import hub
from tantam.desk.chats.streams import LATE
from tantam.desk.common import clock
from tantam.desk.common.ids import first_id

QUIET = 30.0  # seconds without a word, after which it is asked whether the connection still stands
AGAIN = (1.0, 2.0, 5.0, 10.0)  # seconds before it is tried anew
STOOD = 20.0  # seconds: a line that went well for longer is tried anew as if for the first time
LOOK_EVERY = 0.5  # seconds between two looks at whether anybody wrote to the file
MOST = 500  # events of one look

_log = logging.getLogger(__name__)


async def listen(pool: Executor) -> None:
    """Hear until cancelled. pool: where what blocks is done."""
    loop, tried = asyncio.get_running_loop(), 0
    while True:
        begun = loop.time()
        try:
            if connection.vendor == "postgresql":
                await _listen_to_postgresql()
            else:
                await _look_at_file(pool)
        except asyncio.CancelledError:
            raise
        except Exception as away:  # the database may be away for a while
            _log.warning("Live news of other processes are not heard: %s: %s", type(away).__name__, away)
            tried = tries(tried, loop.time() - begun)
            await asyncio.sleep(AGAIN[min(tried, len(AGAIN)) - 1])


def tries(before: int, stood: float) -> int:
    """Return how often in a row it was tried, this time too. stood: for so many seconds it had gone well."""
    return 1 if stood > STOOD else before + 1


async def _listen_to_postgresql() -> None:
    import psycopg

    arguments = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in ("dbname", "user", "password", "host", "port", "sslmode")
    }
    async with await psycopg.AsyncConnection.connect(**arguments, autocommit=True, connect_timeout=10) as listening:
        await listening.execute(f"LISTEN {hub.CHANNEL}")
        hub.stir()
        while True:
            async for each in listening.notifies(timeout=QUIET):
                _heard(each.payload)
            await asyncio.wait_for(listening.execute("SELECT 1"), QUIET)


def _heard(said: str) -> None:
    try:
        hub.spread(hub.unpacked(said))
    except (ValueError, TypeError, KeyError):
        _log.warning("Something else is told on the channel %s.", hub.CHANNEL)


async def _look_at_file(pool: Executor) -> None:
    """Look whether anybody wrote to the file, and if so what happened on which cases. Only while a window is open."""
    loop, looking = asyncio.get_running_loop(), Looking(str(connection.settings_dict["NAME"]))
    while True:
        await asyncio.sleep(LOOK_EVERY)
        if hub.anybody():
            for news in await loop.run_in_executor(pool, looking.news):
                hub.spread(news)


class Looking:
    """The file's own number of its versions changes with whoever writes but this connection, and costs nothing."""

    def __init__(self, file: str) -> None:
        self._file, self._version, self._seen = file, -1, set[int]()
        self._since = first_id(clock.now())
        self._connection: sqlite3.Connection | None = None

    def news(self) -> list[hub.News]:
        """Return what happened since the last look."""
        if self._connection is None:
            self._connection = sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, check_same_thread=False)
        version = self._one("PRAGMA data_version")
        if version == self._version:
            return []
        self._version = version
        asked = (
            "SELECT e.id, e.case_id, c.owner_id FROM case_event e JOIN cases_case c ON c.id = e.case_id"
            " WHERE e.id > ? ORDER BY e.id LIMIT ?"
        )
        found = self._connection.execute(asked, (self._since, MOST)).fetchall()
        new = [each for each in found if each[0] not in self._seen]
        self._seen = {each[0] for each in found}
        self._since = max(self._since, first_id(clock.now() - LATE))
        cases = {case for _, case, _ in new}
        topics = [hub.of_case(case) for case in cases] + [hub.of_person(owner) for *_, owner in new if owner]
        topics += [hub.of_visitor(pk) for pk in self._visitors(cases)]
        return [hub.News((*dict.fromkeys(topics), hub.DESK))] if new else []

    def _visitors(self, cases: set[int]) -> list[int]:
        assert self._connection is not None
        marks = ",".join("?" * len(cases))
        rows = self._connection.execute(f"SELECT id FROM chats_visitor WHERE case_id IN ({marks})", [*cases])
        return [pk for (pk,) in rows]

    def _one(self, statement: str) -> Any:
        assert self._connection is not None
        return self._connection.execute(statement).fetchone()[0]
