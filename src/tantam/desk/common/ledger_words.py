"""Words for what is owed: a promise's state, its kind, and when it is due, for chips on every page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common import spoken

STATES = {
    "owed": noop("Owed"),
    "soon": noop("Due soon"),
    "broken": noop("Broken"),
    "waiting": noop("Waiting"),
    "kept": noop("Kept"),
    "withdrawn": noop("Withdrawn"),
}
KINDS = {
    "first_reply": noop("first reply"),
    "resolution": noop("settle"),
    "update": noop("news"),
    "callback": noop("call back"),
    "call_back": noop("call back"),
    "delivery": noop("deliver"),
    "repair": noop("repair"),
    "refund": noop("refund"),
    "replace": noop("exchange"),
    "exchange": noop("exchange"),
    "quote": noop("quote"),
    "visit": noop("visit"),
    "appointment": noop("appointment"),
    "by_hand": noop("given our word"),
    "personal_data": noop("answer about their data"),
}


def state(code: str) -> str:
    """Return the word for a chip's state."""
    return gettext(STATES[code])


def kind(code: str) -> str:
    """Return what is owed, in a word or two; a kind that only the plan knows by its own name."""
    known = KINDS.get(code)
    return gettext(known) if known else code.replace("_", " ")


def when(promise: Any, now: datetime) -> str:
    """Return the figure on a chip: how long is left or late, when it ended, or that the clock stands.

    promise: as the ledger shows it (state, due_at, at, minutes).
    """
    match promise.state:
        case "kept" | "withdrawn":
            return spoken.instant(promise.at, now) if promise.at else ""
        case "broken":
            return gettext("%(length)s late") % {"length": spoken.length(promise.minutes)}
        case "waiting":
            return gettext("%(length)s left") % {"length": spoken.length(promise.minutes)}
        case _:
            return spoken.due(promise.due_at, now)
