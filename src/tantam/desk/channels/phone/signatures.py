"""What a telephone system signs with: the secrets of the desk's own format, and Twilio's own way."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import parse_qsl

from tantam.desk.common.standard_webhooks import PREFIX, key_of


def secrets_of(written: str) -> list[str]:
    """Return the secrets of TANTAM_PHONE_SECRET. Raises ValueError for an empty one: anybody could sign with it."""
    found = written.split()
    if not all(map(key_of, found)):
        raise ValueError(f"TANTAM_PHONE_SECRET holds {PREFIX} and nothing after it; write the secret in base64 there.")
    return found


def signed_by_twilio(url: str, body: bytes, signature: str, *, token: str) -> bool:
    """Return whether Twilio signed a form: HMAC-SHA1 of the address and the sorted fields, keyed by the token.

    Source: https://www.twilio.com/docs/usage/security, Validating requests.
    """
    fields = sorted(set(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    content = url + "".join(name + value for name, value in fields)
    made = base64.b64encode(hmac.new(token.encode(), content.encode(), hashlib.sha1).digest())
    return hmac.compare_digest(made, signature.encode())
