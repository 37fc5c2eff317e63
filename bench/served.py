"""Serves what the benches ask over HTTP: a furnished desk, and beside it the bare rival, both by granian."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.house import House, free_port, house
from tests.support.sources import ROOT

PROGRAM = {"TANTAM_API_TOKEN": "bench", "TANTAM_API_PER_MINUTE": "1000000"}  # a token, and no bound that slows it


@dataclass(frozen=True)
class Served:
    """The desk's house and the rival's port."""

    desk: House
    rival_port: int


@dataclass(frozen=True)
class Rival:
    """The bare rival that runs: its port, and its process."""

    port: int
    pid: int


@contextmanager
def served(cases: int) -> Iterator[Served]:
    """Yield both, running on one database file."""
    furnish = ["-m", "tests.support.furnish", str(cases)]
    with tempfile.TemporaryDirectory() as folder, house(Path(folder), furnish=furnish, **PROGRAM) as desk:
        desk.start("web")
        with rival_beside(desk) as rival:
            yield Served(desk, rival.port)


@contextmanager
def rival_beside(desk: House) -> Iterator[Rival]:
    """Yield the bare rival, running on the desk's database."""
    port = free_port()
    command = ["-m", "granian", "bench.bare:application", "--interface", "wsgi", "--port", str(port)]
    options = ["--blocking-threads", "8", "--no-ws", "--log-level", "error"]
    process = subprocess.Popen([sys.executable, *command, *options], cwd=ROOT, env=desk.environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/fifty/")
        yield Rival(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError as wrong:
            raise RuntimeError(f"{address} answers {wrong.code}") from wrong
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")
