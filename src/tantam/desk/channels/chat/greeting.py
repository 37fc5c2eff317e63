"""What the window asks first: is anybody there, until when, who answers by when, where else to go, its words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from tantam.desk.channels.chat import shown
from tantam.desk.channels.chat.words import words
from tantam.desk.chats.limits import MOST_TEXT
from tantam.desk.files import store
from tantam.desk.plans import RunningPlan, chatting


def greeting(plan: RunningPlan, lang: str, now: datetime) -> dict[str, Any]:
    """Return it, said in `lang`, which is the active language."""
    openness = chatting.openness(plan, now)
    told: dict[str, Any] = {
        "open": openness.open,
        "lang": lang,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "name": plan.company(lang),
        "promise": None,
        "words": words(),
        "theme": {},
        "consent": _consent(plan.company(lang)),
        "limits": {"bytes": store.MOST_BYTES, "text": MOST_TEXT},
        "form": shown.form(),
    }
    if openness.open:
        reply = chatting.first_reply(plan, lang, now)
        told["until"] = openness.until.isoformat() if openness.until else None
        told["promise"] = shown.promise(reply.due, now) | {"clause": reply.clause} if reply else None
    else:
        told["opens"] = openness.next.isoformat() if openness.next else None
        told["best"] = shown.instead(chatting.instead(plan, now), lang)
    return told


def _consent(company: str) -> str:
    return gettext(
        "%(company)s keeps what you write here to answer you. You can ask to see or delete it at any time."
    ) % {"company": company}
