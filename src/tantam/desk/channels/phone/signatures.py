"""Whether a telephone system signed what it sent: Standard Webhooks, and Twilio's own way."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import parse_qsl

TOLERANCE = 300  # seconds that a delivery may be old, or its sender's clock ahead
PREFIX = "whsec_"
MOST_ID = 80  # characters


def secrets_of(written: str) -> list[str]:
    """Return the secrets of TANTAM_PHONE_SECRET. Raises ValueError for an empty one: anybody could sign with it."""
    found = written.split()
    if not all(map(key_of, found)):
        raise ValueError(f"TANTAM_PHONE_SECRET holds {PREFIX} and nothing after it; write the secret in base64 there.")
    return found


def signed(name: str, at: str, body: bytes, signatures: str, *, secrets: Iterable[str]) -> bool:
    """Return whether one of the signatures (`v1,…`, divided by spaces) was made with one of the secrets.

    name, at: of the headers webhook-id and webhook-timestamp. Whether `at` is near enough, `in_time` says.
    """
    given = [each.removeprefix("v1,") for each in signatures.split() if each.startswith("v1,")]
    content = f"{name}.{at}.".encode() + body
    found = False
    for secret in secrets:
        made = base64.b64encode(hmac.new(key_of(secret), content, hashlib.sha256).digest()).decode()
        found |= any(hmac.compare_digest(made.encode(), each.encode()) for each in given)
    return found


def in_time(at: str, now: float) -> bool:
    """Return whether a delivery of the instant `at` (seconds since 1970, as written) may still be taken."""
    return at.isascii() and at.isdigit() and len(at) < 12 and abs(int(at) - now) <= TOLERANCE


def key_of(secret: str) -> bytes:
    """Return the key of a secret: what follows `whsec_` in base64, else its letters."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def signed_by_twilio(url: str, body: bytes, signature: str, *, token: str) -> bool:
    """Return whether Twilio signed a form: HMAC-SHA1 of the address and the sorted fields, keyed by the token.

    Source: https://www.twilio.com/docs/usage/security, Validating requests.
    """
    fields = sorted(set(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    content = url + "".join(name + value for name, value in fields)
    made = base64.b64encode(hmac.new(token.encode(), content.encode(), hashlib.sha1).digest())
    return hmac.compare_digest(made, signature.encode())
