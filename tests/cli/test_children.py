"""The demo's processes: one that dies starts again, and all end together."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tantam.cli.children import watch

SLEEPS = "import sys, time, os; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
DEAF = "import signal, sys, time, os; signal.signal(signal.SIGTERM, signal.SIG_IGN);"


HAS_A_CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[2], sys.argv[1]]).wait()"


@contextmanager
def _watched(*scripts: tuple[object, ...]) -> Iterator[list[str]]:
    """Watch one process a script; yield what was said; end them and wait until they are gone."""
    said: list[str] = []
    stop = threading.Event()
    commands = {f"process {place}": [sys.executable, "-c", *map(str, each)] for place, each in enumerate(scripts)}
    watching = threading.Thread(target=watch, args=[commands, stop, said.append])
    watching.start()
    try:
        yield said
    finally:
        stop.set()
        watching.join(timeout=30)
    assert not watching.is_alive()


def _pids(file: Path, many: int) -> list[int]:
    """Return the process ids that were written, once there are `many`."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if file.exists() and len(lines := file.read_text().split()) >= many:
            return [int(each) for each in lines]
        time.sleep(0.05)
    raise AssertionError(f"Fewer than {many} starts.")


def _lives(pid: int) -> bool:
    """Whether the process runs; one that only waits for somebody to note its end does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_what_dies_starts_again(tmp_path: Path) -> None:
    with _watched((SLEEPS, tmp_path / "pids")) as said:
        [first] = _pids(tmp_path / "pids", 1)
        os.kill(first, signal.SIGKILL)
        second = _pids(tmp_path / "pids", 2)[1]
        assert second != first
        assert "process 0 ended" in said[0]


def test_what_the_dead_one_had_started_ends_too(tmp_path: Path) -> None:
    with _watched((HAS_A_CHILD, tmp_path / "pids", SLEEPS)):
        [grandchild] = _pids(tmp_path / "pids", 1)
        os.kill(os.getpgid(grandchild), signal.SIGKILL)
        _pids(tmp_path / "pids", 2)
        assert not _lives(grandchild)


def test_all_end_together(tmp_path: Path) -> None:
    with _watched((SLEEPS, tmp_path / "a"), (SLEEPS, tmp_path / "b")):
        pids = [*_pids(tmp_path / "a", 1), *_pids(tmp_path / "b", 1)]
        assert all(_lives(each) for each in pids)
    assert not any(_lives(each) for each in pids)


def test_who_does_not_listen_is_killed(tmp_path: Path) -> None:
    with _watched((DEAF + SLEEPS, tmp_path / "a")):
        [pid] = _pids(tmp_path / "a", 1)
        time.sleep(0.2)
    assert not _lives(pid)
