"""The inbox and a case's page of 1,000, 100,000 and 1,000,000 cases, a tenth of them open, on both databases.

Each is measured beside the bare view that selects fifty rows on the same database; what counts besides is that a page
of the largest desk takes no longer than 1.3 times that of the smallest, which the note says.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bench import Row, paired
from bench.served import rival_beside
from tantam.desk.demo import PASSWORD
from tests.support.house import House, house
from tests.support.postgres import cluster
from tests.support.visitor import Visitor

SIZES = tuple(int(each) for each in os.environ.get("TANTAM_BENCH_SIZES", "1000,100000,1000000").split(","))
DATABASES = tuple(os.environ.get("TANTAM_BENCH_DATABASES", "SQLite,PostgreSQL").split(","))
ROUNDS = 40
PAGES = {
    "the inbox": "/desk/?view=all",
    "the inbox of a level": "/desk/?view=level",
    "the inbox, deep": "/desk/?view=all&after={place}",
    "the inbox, filtered": "/desk/?view=all&q=-group%3Aelderly+is%3Aopen",
    "a case": "/desk/cases/{case}/",
    "nothing new": "/desk/live/",
    "search, a word of most cases": "/desk/find/?q=m%C3%A1y",
    "search, without its mark": "/desk/find/?q=may",
    "search, a word of five messages": "/desk/find/?q=hiemco",
    "search, two words": "/desk/find/?q=giao+may",
}


def rows() -> Iterator[Row]:
    """Yield a row for each page, size and database."""
    for database in DATABASES:
        smallest: dict[str, float] = {}
        for size in SIZES:
            with ExitStack() as held:
                yield from _of(_served(held, database, size), database, size, smallest)


def filled(held: ExitStack, database: str, size: int) -> House:
    """Return a desk of so many cases, of which nothing runs yet. database: one of DATABASES."""
    home = Path(held.enter_context(tempfile.TemporaryDirectory()))
    address = {"TANTAM_DATABASE_URL": held.enter_context(cluster())} if database == "PostgreSQL" else {}
    desk = held.enter_context(house(home, furnish=["-m", "tests.support.furnish", "400"], **address))
    desk.run("-m", "bench.many", str(size))
    return desk


def _served(held: ExitStack, database: str, size: int) -> House:
    desk = filled(held, database, size)
    desk.start("web")
    return desk


def _of(desk: House, database: str, size: int, smallest: dict[str, float]) -> Iterator[Row]:
    agent = Visitor(desk.port)
    agent.look("/account/login/")
    agent.send("/account/login/", login="agent@ben-xuan.example", password=PASSWORD)
    known = desk.run("-m", "bench.places").split()
    with rival_beside(desk) as rival:
        stranger = Visitor(rival.port)
        for name, address in PAGES.items():
            path = address.format(case=known[0], place=known[1])
            for _ in range(4):
                agent.look(path)
                stranger.look("/fifty/")
            what = f"{name} of {size:,} cases ({database})"
            row = paired(what, partial(agent.look, path), partial(stranger.look, "/fifty/"), rounds=ROUNDS, note="")
            first = smallest.setdefault(name, row.ours)
            note = f"bare Django, fifty rows; {row.ours / first:.2f} times the smallest desk's"
            yield Row(row.what, row.ours, row.rival, row.ratio, note)
