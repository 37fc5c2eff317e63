"""Zalo's access token: good for about a day, then asked for anew with a refresh token that is good once.

The file is JSON: {"refresh_token": …}, as the app got it when the account was linked; the desk keeps the next
one there.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tantam.desk.channels.messaging.network import NotTaken
from tantam.desk.common import clock, posting

MOST_ANSWER = 100_000  # bytes
EARLY = 300  # seconds before it ends, a token counts as ended
_WRONG = (posting.Forbidden, http.client.HTTPException, OSError, ValueError, KeyError, TypeError, AttributeError)


def access_token(file: Path, place: str, *, app: str, secret: str) -> str:
    """Return a token that is good for now, the same for all workers of this machine. Raises NotTaken."""
    try:
        with file.with_name(f"{file.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # a refresh token is good once: two who ask would lose it
            known: Any = json.loads(file.read_text(encoding="utf-8"))
            if known.get("access_token") and float(known.get("ends", 0)) - EARLY > clock.now().timestamp():
                return str(known["access_token"])
            return _asked(file, place, app, secret, str(known["refresh_token"]))
    except _WRONG as wrong:
        raise NotTaken(f"No access token of Zalo by {file}: {type(wrong).__name__}") from wrong


def forget(file: Path) -> None:
    """Ask anew the next time: Zalo would not take the token."""
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known: Any = json.loads(file.read_text(encoding="utf-8"))
        _keep(file, {**known, "ends": 0})


def _asked(file: Path, place: str, app: str, secret: str, refresh: str) -> str:
    """Return a new token; it and the next refresh token are kept before they are used."""
    body = urlencode({"grant_type": "refresh_token", "app_id": app, "refresh_token": refresh}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": secret}
    url = f"{place}/v4/oa/access_token"
    with posting.asked("POST", url, body, headers, within=posting.CALL_SECONDS) as answer:
        told = json.loads(answer.read(MOST_ANSWER))
    if "access_token" not in told:
        raise NotTaken(f"Zalo gives no token: {told.get('error')} {told.get('error_name', '')}"[:300])
    ends = clock.now().timestamp() + float(told.get("expires_in", 3600))
    _keep(file, {"refresh_token": told["refresh_token"], "access_token": told["access_token"], "ends": ends})
    return str(told["access_token"])


def _keep(file: Path, known: dict[str, Any]) -> None:
    """Write the file anew, whole or not at all."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as opened:
        json.dump(known, opened, indent=2)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(new, file)
