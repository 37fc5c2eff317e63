"""Memory of the web's processes at rest and after 10,000 pages, and what a case weighs in the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

from bench import Row
from bench.served import rival_beside
from bench.sizes import DATABASES, PAGES, filled
from tantam.desk.demo import PASSWORD
from tests.support.visitor import Visitor

ASKED = 10_000
CASES = 100_000
RIVAL = "bare Django under the same server"


def rows() -> Iterator[Row]:
    """Yield what the processes hold before and after, then the bytes of a case, of each database."""
    for database in DATABASES:
        with ExitStack() as held:
            desk = filled(held, database, CASES)
            heavy, cases = (int(each) for each in desk.run("-m", "bench.weight").split())
            desk.start("web")
            with rival_beside(desk) as rival:
                web = desk.processes["web"].pid
                agent, stranger = Visitor(desk.port), Visitor(rival.port)
                agent.look("/account/login/")
                stranger.look("/fifty/")
                yield _held(f"memory of the web at rest ({database})", _memory(web), _memory(rival.pid))
                agent.send("/account/login/", login="agent@ben-xuan.example", password=PASSWORD)
                known = desk.run("-m", "bench.places").split()
                for page in islice(cycle(PAGES.values()), ASKED):
                    agent.look(page.format(case=known[0], place=known[1]))
                    stranger.look("/fifty/")
                yield _held(f"memory of the web after {ASKED:,} pages ({database})", _memory(web), _memory(rival.pid))
        note = f"{cases:,} cases of three messages, three promises, six events; with customers, indexes and search"
        yield Row(f"a case in the database ({database})", heavy / cases, None, None, note, unit="B")


def _held(what: str, ours: int, rival: int) -> Row:
    return Row(what, ours, rival, rival / ours, RIVAL, unit="B")


def _memory(process: int) -> int:
    """Return the bytes that a process and its children hold for themselves (proportional set size, Linux)."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024
    threads = os.listdir(f"/proc/{process}/task")
    children = " ".join(Path(f"/proc/{process}/task/{each}/children").read_text() for each in threads).split()
    return own + sum(_memory(int(each)) for each in children)
