"""What a telephone system sends: signed as Standard Webhooks, in the desk's own format."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.test import Client

from tantam.desk.common import clock

SECRET = "whsec_" + base64.b64encode(b"nobody else knows this").decode()
NUMBER = "+84912345678"
LINE = "+8419000000"
PATH = "/hooks/phone/"


def body(kind: str, call: str, *, at: datetime | None = None, number: str = NUMBER, **more: Any) -> bytes:
    """Return what is told of a call that came in."""
    told = {"call": call, "direction": "in", "from": number, "to": LINE} | more
    return json.dumps(
        {"type": f"call.{kind}", "timestamp": (at or clock.now()).isoformat(), "data": told}, ensure_ascii=False
    ).encode()


def headers(sent: bytes, *, name: str = "", at: int | None = None, secret: str = SECRET) -> dict[str, str]:
    """Return the three headers with which it is sent."""
    name, moment = name or uuid4().hex, str(int(clock.now().timestamp()) if at is None else at)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    made = hmac.new(key, f"{name}.{moment}.".encode() + sent, hashlib.sha256).digest()
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(made).decode()}",
    }


def tell(kind: str, call: str = "", **more: Any) -> int:
    """Tell it to the desk and return the answer's status."""
    sent = body(kind, call or uuid4().hex, **more)
    return post(sent, headers(sent))


def post(sent: bytes, with_headers: dict[str, str]) -> int:
    """Send it as it is and return the answer's status."""
    return Client().post(PATH, sent, content_type="application/json", headers=with_headers).status_code
