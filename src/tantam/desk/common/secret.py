"""The installation's secret, kept in one file of its home: made at first use, whole or not there, one for all."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path

NAME = "secret.key"


def kept_in(home: Path) -> str:
    """Return the secret that `home` keeps, made first where there is none yet.

    Processes that begin at once all get the same one, and nobody reads it half written: one makes it while the others
    wait, under another name. A file left empty, by hand or by a full disk, counts as none.
    Raises OSError where `home` cannot be written.
    """
    kept = home / NAME
    if said := _said(kept):
        return said
    home.mkdir(parents=True, exist_ok=True)
    with open(home / f"{NAME}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _said(kept) or _made(kept)


def _said(kept: Path) -> str:
    """Return what the file holds, "" if there is none."""
    return kept.read_text().strip() if kept.exists() else ""


def _made(kept: Path) -> str:
    """Put a new secret in place, readable by its owner alone, and return it."""
    new = kept.with_name(f"{NAME}.new")
    new.unlink(missing_ok=True)  # of a process that died here
    secret = secrets.token_urlsafe(48)
    with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, kept)
    return secret
