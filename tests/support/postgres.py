"""A real PostgreSQL cluster in a folder of its own, for as long as the tests run.

It listens on a Unix socket only, so two clusters never meet on a port; it forgets nothing we test, but is told not to
wait for the disk. `initdb` refuses root: then the cluster runs as the user postgres, or nobody.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.programs import INITDB, find_or_install

SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=''",
    "max_connections=60",
    "timezone=UTC",
)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster; yield the URL of its database `tantam`; stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tantam-pg-", dir="/tmp"))
    try:
        programs = find_or_install(INITDB).parent
        data = folder / "data"
        prefix = _as_whom(folder)
        _run(
            prefix,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "tantam",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = " ".join(f"-c {each}" for each in (*SETTINGS, f"unix_socket_directories={folder}"))
        _run(prefix, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            _run(prefix, programs / "createdb", "-h", folder, "-U", "tantam", "tantam")
            yield f"postgresql://tantam@/tantam?socket={folder}"
        finally:
            _run(prefix, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_whom(folder: Path) -> list[str]:
    """Return the command that steps down from root, with `folder` given to that user; [] for a normal user."""
    if os.geteuid() != 0:
        return []
    known = {each.pw_name: each for each in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def _run(prefix: list[str], *command: object) -> None:
    """Run it away from our folder and terminal; a failure shows what it said."""
    # pg_ctl leaves the server behind with its streams: a pipe would never close, a file does.
    with tempfile.TemporaryFile() as said:
        ended = subprocess.run(
            [*prefix, *map(str, command)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            check=False,
        )
        if ended.returncode:
            said.seek(0)
            raise RuntimeError(f"{command[0]} failed:\n{said.read().decode(errors='replace')}")
