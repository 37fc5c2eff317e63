"""The installation's keys: one for every process, never half written, never made twice."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from tantam.desk.common.keys import secret_of

MANY = 16
AT_ONCE = "import sys; sys.stdin.read(1); from pathlib import Path; from tantam.desk.common.keys import secret_of; "
SAY = "print(secret_of(Path(sys.argv[1])))"


def test_all_who_begin_at_once_have_the_same_secret(tmp_path: Path) -> None:
    for turn in range(50):
        gate = Barrier(MANY)

        def begin(home: Path, gate: Barrier = gate) -> str:
            gate.wait()
            return secret_of(home)

        with ThreadPoolExecutor(MANY) as processes:
            said = set(processes.map(begin, [tmp_path / str(turn)] * MANY))
        assert len(said) == 1 and len(said.pop()) >= 50


def test_processes_that_begin_at_once_have_the_same_secret(tmp_path: Path) -> None:
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE + SAY, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(6)
    ]
    for each in begun:
        assert each.stdin
        each.stdin.write("!")
        each.stdin.flush()
    said = {each.communicate(timeout=60)[0] for each in begun}
    assert len(said) == 1 and said != {""}


def test_secret_is_kept_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    made = secret_of(tmp_path)
    assert secret_of(tmp_path) == made == (tmp_path / "secret.key").read_text()
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_secret_left_empty_or_half_made_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("\n")
    (tmp_path / "secret.key.new").write_text("half")
    assert len(secret_of(tmp_path)) >= 50
