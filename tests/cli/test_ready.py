"""A server and its worker begin at once, as a machine that starts begins them: both find what they need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GATHER = "from tantam.cli import ready; ready.set_up(); ready.collect_static()"


def test_processes_that_begin_at_once_gather_what_is_served_one_after_the_other(tmp_path: Path) -> None:
    home = {"TANTAM_HOME": str(tmp_path), "TANTAM_DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite3"}
    begun = [
        subprocess.Popen([sys.executable, "-c", GATHER], env=os.environ | home, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [each.communicate(timeout=120)[1] for each in begun]
    assert [each.returncode for each in begun] == [0, 0, 0], said
    assert (tmp_path / "static" / ".gathered").exists()
