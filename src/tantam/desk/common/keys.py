"""Keys that the installation makes for itself: each in one file of its home, whole or not there, one for all."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def secret_of(home: Path) -> str:
    """Return the installation's secret, kept in `home`. Raises OSError where that cannot be written."""
    return kept(home / "secret.key", lambda: secrets.token_urlsafe(48).encode()).decode()


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """Return the key that the file holds, made first where there is none yet; only its owner may read it.

    Processes that begin at once all get the same one, and nobody reads it half written: one makes it while the others
    wait, under another name. A file left empty, by hand or by a full disk, counts as none.
    Raises OSError where the file cannot be written.
    """
    if said := _said(file):
        return said
    file.parent.mkdir(parents=True, exist_ok=True)
    home = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(home, fcntl.LOCK_EX)
        return _said(file) or _written(file, make())
    finally:
        os.close(home)  # and with it the lock


def _said(file: Path) -> bytes:
    return file.read_bytes().strip() if file.exists() else b""


def _written(file: Path, key: bytes) -> bytes:
    """Put the key in place and return it."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)  # of a process that died here
    with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
        opened.write(key)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(new, file)
    return key
