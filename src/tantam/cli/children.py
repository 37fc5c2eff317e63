"""Keeps the processes of the demo running: starts them, starts one again that died, ends all together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

DIES_WITH_PARENT = 1  # Linux's PR_SET_PDEATHSIG
PATIENCE_SECONDS = 8.0
PAUSES = (0.5, 1, 2, 5, 10)  # before the first, second … restart in a row
LIVED_WELL_SECONDS = 60.0


@dataclass
class Child:
    """One process: its name for people, its command, and how often it died soon after its start."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    again_at: float = field(default=0.0)


def watch(commands: Mapping[str, Sequence[str]], stop: threading.Event, say: Callable[[str], None]) -> None:
    """Run the commands until `stop` is set, then end them all. say: told when one died and starts again."""
    children = [Child(name, command) for name, command in commands.items()]
    try:
        while not stop.is_set():
            for each in children:
                _look_after(each, say)
            stop.wait(0.3)
    finally:
        _end(children)


def _look_after(child: Child, say: Callable[[str], None]) -> None:
    now = time.monotonic()
    if child.process is None:
        if now >= child.again_at:
            child.process, child.started = _start(child.command), now
        return
    ended = child.process.poll()
    if ended is None:
        return
    child.deaths = 0 if now - child.started > LIVED_WELL_SECONDS else child.deaths + 1
    pause = PAUSES[min(child.deaths, len(PAUSES)) - 1] if child.deaths else 0.0
    say(f"{child.name} ended ({ended}); it starts again.")
    _end_group(child.process.pid)  # what it had started itself would keep its port
    child.process, child.again_at = None, now + pause


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start it in a group of its own, so that Ctrl+C reaches only us, and it goes when we do."""
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent, env=os.environ
    )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


def _end(children: Sequence[Child]) -> None:
    """Ask all to end; kill with their own children those that do not within a few seconds."""
    running = [each.process for each in children if each.process is not None and each.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for process in running:
        _end_group(process.pid)


def _end_group(leader: int) -> None:
    """Kill what is left of the processes that the ended `leader` had started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
