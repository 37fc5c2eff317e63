"""The access token of a mailbox, from a file beside the desk: kept fresh by somebody else, or asked for here.

The file is JSON: {"access_token": …}, or what a token is asked for with (RFC 6749): {"token_url", "client_id",
"client_secret", "refresh_token", "scope"}; without a refresh token it is asked for by client credentials.
"""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SECONDS = 20
EARLY = 60.0  # seconds before it ends, a token counts as ended
LARGEST = 100_000  # bytes of an answer
_held: dict[Path, tuple[str, float]] = {}  # the token and when it ends, by file, on this process's own clock


class NoToken(Exception):
    """There is no access token to be had just now; the message says why, without any secret."""


def access_token(file: Path) -> str:
    """Return a token that is good for now. Raises NoToken."""
    try:
        known: Any = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise NoToken(f"{file}: {wrong}") from wrong
    if not isinstance(known, dict):
        raise NoToken(f"{file} holds no JSON object.")
    if "token_url" not in known:
        if not (token := str(known.get("access_token", ""))):
            raise NoToken(f"{file} has neither access_token nor token_url.")
        return token
    token, ends = _held.get(file, ("", 0.0))
    if not token or ends < time.monotonic():
        token, lasts = _asked(file, known)
        _held[file] = token, time.monotonic() + lasts - EARLY
    return token


def forget(file: Path) -> None:
    """Ask anew the next time: the server would not take the token."""
    _held.pop(file, None)


def _asked(file: Path, known: Mapping[str, Any]) -> tuple[str, float]:
    """Return a new token and for how many seconds it is good. A new refresh token is kept in the file."""
    grant = "refresh_token" if known.get("refresh_token") else "client_credentials"
    wanted = {each: known[each] for each in ("client_id", "client_secret", "refresh_token", "scope") if known.get(each)}
    request = urllib.request.Request(
        str(known["token_url"]), urlencode({"grant_type": grant} | wanted).encode(), {"Accept": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            said: Any = json.loads(answer.read(LARGEST))
        token, lasts = str(said["access_token"]), float(said.get("expires_in", 300))
    except urllib.error.HTTPError as refused:
        raise NoToken(f"{known['token_url']} answers {refused.code}: {refused.read(300)!r}") from refused
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise NoToken(f"{known['token_url']}: {type(wrong).__name__}: {wrong}") from wrong
    if said.get("refresh_token") and said["refresh_token"] != known.get("refresh_token"):
        _keep(file, dict(known) | {"refresh_token": said["refresh_token"]})
    return token, lasts


def _keep(file: Path, known: Mapping[str, Any]) -> None:
    """Write the file anew, whole or not at all. Raises NoToken: the old refresh token is good no more."""
    new = file.with_name(f"{file.name}.new")
    try:
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as opened:
            json.dump(known, opened, indent=2)
        os.replace(new, file)
    except OSError as wrong:
        raise NoToken(f"The new refresh token cannot be kept in {file}: {wrong}") from wrong
