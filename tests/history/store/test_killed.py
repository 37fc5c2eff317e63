"""A writer may end at any moment: what the manifest names is whole and true, and the next writer goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tantam.history.past import open_past
from tests.history.store.killed import LAST, counting, go_on
from tests.history.store.sample import ids, rows, written
from tests.support.sources import ROOT

MOMENTS = 40  # more than go_on has


class Ended(BaseException):
    """Stands for the end of the process."""


def test_whenever_a_writer_ends_the_history_is_true_and_the_next_goes_on(tmp_path: Path) -> None:
    ended = [_ends_before(tmp_path / str(nth), nth) for nth in range(1, MOMENTS)]
    assert ended[0] and sum(ended) > 20 and not ended[-1]


def _ends_before(directory: Path, nth: int) -> bool:
    """Let a writer end before its n-th touch of the disk; return whether it came so far."""
    written(directory, rows(1, 2), rows(3, 4))
    with pytest.MonkeyPatch.context() as disk:
        for name, call in counting(nth, _end).items():
            disk.setattr(os, name, call)
        try:
            go_on(directory)
            ended = False
        except Ended:
            ended = True
    _is_true(directory, whole=not ended)
    go_on(directory)
    _is_true(directory, whole=True)
    return ended


def _end() -> None:
    raise Ended


@pytest.mark.parametrize("nth", [1, 9, 20, 1000])
def test_a_killed_writer_leaves_no_lock_and_no_half_file(tmp_path: Path, nth: int) -> None:
    written(tmp_path, rows(1, 2), rows(3, 4))
    command = [sys.executable, "-m", "tests.history.store.killed", str(tmp_path), str(nth)]
    ended = subprocess.run(command, cwd=ROOT, check=False).returncode
    assert ended == (0 if nth == 1000 else -signal.SIGKILL)
    _is_true(tmp_path, whole=ended == 0)
    go_on(tmp_path)
    _is_true(tmp_path, whole=True)


def _is_true(directory: Path, *, whole: bool) -> None:
    seen = ids(open_past(directory))
    assert seen == list(range(1, len(seen) + 1)), "a gap, or an event twice"
    assert len(seen) == LAST if whole else len(seen) in (4, LAST)
