"""What WhatsApp and Messenger share: Meta's signature of a body, the greeting of a webhook, calls of the Graph API."""

from __future__ import annotations

import hmac
import http.client
import json
from collections.abc import Mapping
from typing import Any

from tantam.desk.channels.messaging.network import Closed, NeverTaken, NotTaken
from tantam.desk.common import posting

SIGNATURE = "X-Hub-Signature-256"
MOST_ANSWER = 100_000  # bytes
LATER = (1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 133004, 613, 1200)  # of Meta's codes: try again
OUTSIDE = (131047,)  # more than 24 hours since the customer last wrote
OUTSIDE_DETAILS = (2018278, 2534022)  # the same of Messenger, under its code 10


def believes(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    """Whether the app's secret signed these bytes: `sha256=` and the HMAC in hex."""
    made = "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()
    return hmac.compare_digest(made.encode(), headers.get(SIGNATURE, "").encode("utf-8", "replace"))


def greeted(asked: Mapping[str, str], word: str) -> str | None:
    """Return the challenge if who asks knows the word that was agreed upon."""
    known = hmac.compare_digest(asked.get("hub.verify_token", "").encode(), word.encode())
    return asked.get("hub.challenge", "") if known and asked.get("hub.mode") == "subscribe" else None


def call(url: str, token: str, said: Mapping[str, Any] | None = None, *, most: int = MOST_ANSWER) -> dict[str, Any]:
    """Return the answer's object; posts where something is said, else gets. All of it ends in posting.CALL_SECONDS.

    most: bytes of the answer that are read. Raises NotTaken, NeverTaken, Closed.
    """
    body = json.dumps(said).encode() if said is not None else None
    return _answered(url, token, (body, "application/json"), most)


def upload(url: str, token: str, form: tuple[bytes, str]) -> dict[str, Any]:
    """Return the answer to a form with a file, as `form.form_of` makes it. Raises as `call` does."""
    return _answered(url, token, form, MOST_ANSWER)


def _answered(url: str, token: str, said: tuple[bytes | None, str], most: int) -> dict[str, Any]:
    body, kind = said
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    try:
        with posting.asked("POST" if body else "GET", url, body, headers, within=posting.CALL_SECONDS) as answer:
            raw = answer.read(most)
            status = answer.status
    except (posting.Forbidden, OSError, http.client.HTTPException) as away:
        raise NotTaken(f"{url}: {away}") from away
    try:
        found: Any = json.loads(raw)
    except ValueError:
        found = None
    found = found if isinstance(found, dict) else {}
    if status // 100 == 2 and "error" not in found:
        return found
    raise _why(status, found.get("error"))


def _why(status: int, error: Any) -> Exception:
    """Return what a refusal means. error: {"code", "error_subcode", "message"}, as Meta says it."""
    error = error if isinstance(error, dict) else {}
    code, detail = error.get("code"), error.get("error_subcode")
    said = f"{status}, code {code}/{detail}: {str(error.get('message', ''))[:300]}"
    if code in OUTSIDE or detail in OUTSIDE_DETAILS:
        return Closed(said)
    if status == 429 or status >= 500 or status == 401 or code in LATER or code == 190:  # 190: mend the token
        return NotTaken(said)
    return NeverTaken(said)
