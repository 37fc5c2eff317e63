"""A writer may be killed at any moment: what the manifest names is whole and true, and the next writer goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tantam.history.past import open_past
from tests.history.store.killed import LAST, go_on
from tests.history.store.sample import ids
from tests.support.proving import PROVING
from tests.support.sources import ROOT

MOMENTS = range(1, 120, 1 if PROVING else 17)


@pytest.mark.parametrize("nth", MOMENTS)
def test_killed_at_any_moment_the_history_is_true_and_the_next_goes_on(tmp_path: Path, nth: int) -> None:
    ended = _write_until_killed(tmp_path, nth)
    seen = ids(open_past(tmp_path))
    assert seen == list(range(1, len(seen) + 1)), "a gap, or an event twice"
    assert ended != 0 or len(seen) == LAST
    go_on(tmp_path)
    assert ids(open_past(tmp_path)) == list(range(1, LAST + 1))


def test_the_first_of_these_moments_kill_and_the_last_lets_live(tmp_path: Path) -> None:
    assert _write_until_killed(tmp_path / "early", 1) == -signal.SIGKILL
    assert _write_until_killed(tmp_path / "late", 60) == -signal.SIGKILL
    assert _write_until_killed(tmp_path / "never", 1000) == 0


def _write_until_killed(directory: Path, nth: int) -> int:
    command = [sys.executable, "-m", "tests.history.store.killed", str(directory), str(nth)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
