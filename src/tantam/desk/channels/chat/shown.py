"""A chat as JSON: messages, where it stands, what the first answer is promised in. Ids are texts: they have 64 bits."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tantam.desk.cases.models import Attachment
from tantam.desk.chats.conversation import Spoken, Standing
from tantam.desk.chats.models import Visitor
from tantam.desk.chats.tokens import file_ticket
from tantam.desk.common import addresses
from tantam.desk.common import spoken as times
from tantam.desk.files import serving
from tantam.desk.plans.running import WayIn

NEAR_MINUTES = 90  # a promise further off is said with its hour
_PHONE = re.compile(r"\+?[\d\s().-]{4,}")


def message(said: Spoken, visitor: Visitor) -> dict[str, Any]:
    """Return one message."""
    told: dict[str, Any] = {
        "id": str(said.id),
        "from": said.whose,
        "name": said.name,
        "text": said.text,
        "at": said.at.isoformat(),
        "files": [_file(each, visitor) for each in said.files],
        "read": said.read,
    }
    return told | ({"client_id": said.client_id} if said.client_id else {})


def standing(found: Standing, now: datetime) -> dict[str, Any]:
    """Return where it stands."""
    return {"state": found.state, "agent": agent(found), "promise": promise(found.due, now) if found.due else None}


def agent(found: Standing) -> dict[str, Any] | None:
    """Return who answers, None while nobody does."""
    return {"name": found.agent, "present": found.present} if found.agent else None


def promise(due: datetime, now: datetime) -> dict[str, Any]:
    """Return by when we answer first, in whole minutes from now (0 once it is over) and in words."""
    minutes = max(0, -(-int((due - now).total_seconds()) // 60))
    if minutes > NEAR_MINUTES:
        text = gettext("We answer by %(time)s.") % {"time": times.instant(due, now)}
    elif minutes:
        text = ngettext("We answer within %(minutes)s minute.", "We answer within %(minutes)s minutes.", minutes) % {
            "minutes": minutes
        }
    else:
        text = gettext("We are late with our answer, and see to it now.")
    return {"minutes": minutes, "text": text}


def instead(way: WayIn | None, lang: str) -> dict[str, str] | None:
    """Return the best way in while the chat is closed; its href "" where no page leads there."""
    if way is None:
        return None
    label = way.words.get(lang) or next(iter(way.words.values()), way.name)
    return {"label": label, "address": way.address, "href": _href(way.address)}


def form() -> str:
    """Return the whole address of the form."""
    return addresses.whole("help", "question")


def _file(kept: Attachment, visitor: Visitor) -> dict[str, Any]:
    assert kept.blob is not None
    return {
        "name": kept.name,
        "url": reverse("chat:opened", args=[file_ticket(visitor, kept.pk), kept.name or "file"]),
        "size": kept.blob.bytes,
        "image": serving.is_picture(kept.blob),
    }


def _href(address: str) -> str:
    if address.startswith("https://"):
        return address
    if "@" in address:
        return f"mailto:{address}"
    return "tel:" + re.sub(r"[^\d+]", "", address) if _PHONE.fullmatch(address) else ""
