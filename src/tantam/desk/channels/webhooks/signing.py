"""Secrets and signatures as Standard Webhooks has them, so that ready libraries verify what we send."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping

BEGINS = "whsec_"
BYTES = 32


def new_secret() -> str:
    """Return a new secret: `whsec_` and 32 random bytes in base64."""
    return BEGINS + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def headers(id: str, seconds: int, body: bytes, keys: Iterable[str]) -> Mapping[str, str]:
    """Return what is sent beside the body. seconds: since 1970, of this attempt. keys: each signs, in this order.

    Source: Standard Webhooks 1.0, "Signature scheme", symmetric.
    """
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(_signature(id, seconds, body, each) for each in keys),
    }


def _signature(id: str, seconds: int, body: bytes, key: str) -> str:
    signed = b"%s.%d." % (id.encode(), seconds) + body
    digest = hmac.new(base64.b64decode(key.removeprefix(BEGINS)), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
