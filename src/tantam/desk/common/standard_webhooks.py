"""Standard Webhooks: secrets, how what is sent is signed, and whether what came was; so that ready libraries agree.

Source: Standard Webhooks 1.0, "Signature scheme", symmetric.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets as random
from collections.abc import Iterable, Mapping

PREFIX = "whsec_"
BYTES = 32
TOLERANCE = 300  # seconds that a delivery may be old, or its sender's clock ahead
MOST_ID = 80  # characters


def new_secret() -> str:
    """Return a new secret: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(random.token_bytes(BYTES)).decode()


def key_of(secret: str) -> bytes:
    """Return the key of a secret: what follows `whsec_` in base64, else its letters."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def headers(name: str, seconds: int, body: bytes, secrets: Iterable[str]) -> Mapping[str, str]:
    """Return what is sent beside the body. seconds: since 1970, of this attempt. secrets: each signs, in this order."""
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(_signature(name, str(seconds), body, each) for each in secrets),
    }


def signed(name: str, at: str, body: bytes, signatures: str, *, secrets: Iterable[str]) -> bool:
    """Return whether one of the signatures (`v1,…`, divided by spaces) was made with one of the secrets.

    name, at: of the headers webhook-id and webhook-timestamp. Whether `at` is near enough, `in_time` says.
    """
    given = [each.encode() for each in signatures.split() if each.startswith("v1,")]
    found = False
    for secret in secrets:
        made = _signature(name, at, body, secret).encode()
        found |= any(hmac.compare_digest(made, each) for each in given)
    return found


def in_time(at: str, now: float) -> bool:
    """Return whether a delivery of the instant `at` (seconds since 1970, as written) may still be taken."""
    return at.isascii() and at.isdigit() and len(at) < 12 and abs(int(at) - now) <= TOLERANCE


def _signature(name: str, at: str, body: bytes, secret: str) -> str:
    digest = hmac.new(key_of(secret), f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
