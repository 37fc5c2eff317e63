"""A whole desk in processes of its own, as `tantam demo` runs it: server, worker, catch-all, on a real database file.

Tests look into it from outside: over HTTP, and by SQL on the file.
"""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.sources import ROOT

STARTS_WITHIN_SECONDS = 40.0

LONG_WORK = """
import threading
from tantam.cli import ready
ready.set_up()
from tantam.desk.common.work import work_long_forever
work_long_forever(threading.Event())
"""


@dataclass
class House:
    """One running desk. home: where its files are; site: the address of its pages; mail_in: its listener's port."""

    home: Path
    environment: Mapping[str, str]
    port: int
    mail_in: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def site(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """Run Python with `arguments` in this house to its end; return what it printed. Raises AssertionError."""
        command = [sys.executable, *arguments]
        ended = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def start(self, *names: str) -> None:
        """Start web, worker, long work (nothing else of a worker), listener, catch-all; who is asked answers then."""
        for name in names:
            with (self.home / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, *self._command(name)],
                    env=self.environment,
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        if "web" in names:
            self._wait_for_answer()
        if "listener" in names:
            self._wait_for_mail()

    def kill(self, *names: str) -> None:
        """End them as a power cut would: SIGKILL to the process and all its children."""
        for name in names:
            process = self.processes.pop(name)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """End whatever still runs."""
        self.kill(*self.processes)

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the database's file."""
        with closing(sqlite3.connect(self.home / "tantam.sqlite3", timeout=20)) as database:
            return database.execute(sql, values).fetchall()

    def wait_until(self, sql: str, *values: object, seconds: float = 20.0) -> list[tuple[Any, ...]]:
        """Return the query's rows as soon as it has any. Raises AssertionError after `seconds`."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if rows := self.ask(sql, *values):
                return rows
            time.sleep(0.1)
        raise AssertionError(f"Nothing within {seconds} seconds: {sql}\n{self.said()}")

    def said(self) -> str:
        """Return the last words of every process."""
        logs = sorted(self.home.glob("*.log"))
        return "\n".join(f"--- {each.name}\n{each.read_text(errors='replace')[-2000:]}" for each in logs)

    def _command(self, name: str) -> Sequence[str]:
        match name:
            case "web":
                return ["-m", "tantam.cli", "serve", "--port", str(self.port)]
            case "worker":
                return ["-m", "tantam.cli", "work"]
            case "long work":
                return ["-c", LONG_WORK]
            case "listener":
                return ["-m", "tantam.cli", "listen", "mail", "--port", str(self.mail_in)]
            case "catch-all":
                return ["-m", "tantam.desk.channels.email.catchall"]
        raise ValueError(f"{name!r} is none of web, worker, long work, listener, catch-all.")

    def _wait_for_mail(self) -> None:
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until:
            assert self.processes["listener"].poll() is None, f"The listener ended.\n{self.said()}"
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.mail_in), 5):
                return
            time.sleep(0.1)
        raise AssertionError(f"The listener does not answer.\n{self.said()}")

    def _wait_for_answer(self) -> None:
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until:
            assert self.processes["web"].poll() is None, f"The server ended.\n{self.said()}"
            try:
                urllib.request.urlopen(self.site + "/account/login/", timeout=5).close()
                return
            except urllib.error.HTTPError as answer:
                raise AssertionError(f"The first page answers {answer.code}.\n{self.said()}") from answer
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"The server does not answer.\n{self.said()}")


@contextmanager
def house(home: Path, *, furnish: Sequence[str], **environment: str) -> Iterator[House]:
    """Yield a house that is furnished by running Python with `furnish`; nothing runs in it yet."""
    port, mail_port = free_port(), free_port()
    settings = {
        "DJANGO_SETTINGS_MODULE": "tantam.desk.settings",
        "TANTAM_HOME": str(home),
        "TANTAM_DATABASE_URL": f"sqlite:///{home}/tantam.sqlite3",
        "TANTAM_BASE_URL": f"http://127.0.0.1:{port}",
        "TANTAM_SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
        "TANTAM_DEMO": "1",
        "TANTAM_FILED_PER_HOUR": "100000",
        "PYTHONUNBUFFERED": "1",
    }
    built = House(home, {**os.environ, **settings, **environment}, port, free_port())
    built.run(*furnish)
    try:
        yield built
    finally:
        built.stop()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
