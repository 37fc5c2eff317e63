"""Webhooks: what Teams, Slack and other programs understand, and the signature by which they know us."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from tantam.desk.common.posting import Forbidden, post
from tantam.desk.common.work import Hopeless
from tantam.desk.notices.models import Hook, Notice, Shape
from tantam.desk.notices.words import Short

NEVER = (400, 401, 403, 404, 405, 410)  # answers after which trying again is no use


class NotTaken(Exception):
    """The other side did not take it just now: tried again later."""


def send(hook: Hook, short: Short, notice: Notice) -> None:
    """Post a notice. Raises Hopeless where it will never be taken, NotTaken or OSError where it may be later."""
    body = json.dumps(payload(hook, short, notice), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": str(notice.pk),
        "X-Tantam-Signature": "sha256=" + signature(hook.secret, body),
    }
    try:
        status = post(hook.url, body, headers)
    except Forbidden as inside:
        raise Hopeless(f"{inside} is not outside; see TANTAM_PRIVATE_HOOKS.") from inside
    if status in NEVER:
        raise Hopeless(f"The webhook answered {status}; look at its address.")
    if not 200 <= status < 300:
        raise NotTaken(f"The webhook answered {status}.")


def signature(secret: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of the body, in hex."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def payload(hook: Hook, short: Short, notice: Notice) -> dict[str, Any]:
    """Return what is posted, in the shape that the other side reads."""
    match Shape(hook.shape):
        case Shape.SLACK:
            words = f"{notice.person.name}: <{short.url}|{_slack(short.title)}>"
            return {"text": words + (f" ({_slack(short.more)})" if short.more else ""), "unfurl_links": False}
        case Shape.TEAMS:
            return {"type": "message", "attachments": [_card(short, notice)]}
        case Shape.PLAIN:
            return {
                "id": str(notice.pk),
                "kind": notice.kind,
                "code": notice.code,
                "case": notice.case.reference if notice.case else None,
                "person": notice.person.email,
                "at": notice.at.isoformat(),
                "title": short.title,
                "url": short.url,
            }


def _slack(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _card(short: Short, notice: Notice) -> dict[str, Any]:
    """Return an adaptive card."""
    said = ", ".join(filter(None, (notice.person.name, short.more)))
    return {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "content": {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": [
                {"type": "TextBlock", "text": short.title, "weight": "Bolder", "wrap": True},
                {"type": "TextBlock", "text": said, "isSubtle": True, "wrap": True},
            ],
            "actions": [{"type": "Action.OpenUrl", "title": "Tantam", "url": short.url}],
        },
    }
