"""Words for calls: what happened on the telephone, in a case's story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common import clock, spoken

ICONS = {
    "call_missed": "phone",
    "call_answered": "check",
    "called_us": "phone",
    "called": "phone",
    "call_tried": "phone",
    "call_dropped": "undo",
}
SENTENCES = {
    "call_missed": noop("%(customer)s called, and nobody answered"),
    "call_answered": noop("%(customer)s reached us by themselves"),
    "called_us": noop("%(customer)s called, and %(who)s spoke to them%(length)s"),
    "called": noop("%(who)s called %(customer)s%(length)s"),
    "call_tried": noop("%(who)s called and did not reach %(customer)s; again by %(again)s"),
    "call_dropped": noop("%(who)s: %(customer)s needs no call any more"),
}
STORY = frozenset(SENTENCES)
_OUTSIDE = noop("%(customer)s called outside our hours, and nobody answered")
_AGAIN = noop("%(customer)s called again, and nobody answered (%(times)s times)")
_WRONG = noop("%(who)s: the number was wrong")


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence of what is told in another way, "" for all others."""
    if code == "call_missed" and int(args.get("times") or 1) > 1:
        return _AGAIN
    if code == "call_missed" and args.get("outside"):
        return _OUTSIDE
    return _WRONG if code == "call_dropped" and args.get("reason") == "wrong_number" else ""


def arguments(args: Mapping[str, Any]) -> dict[str, str]:
    """Return what these events name, in words."""
    seconds, again = int(args.get("seconds") or 0), args.get("again")
    return {
        "times": str(args.get("times") or 1),
        "length": f" ({length(timedelta(seconds=seconds))})" if seconds else "",
        "again": spoken.instant(datetime.fromisoformat(str(again)), clock.now()) if again else "–",
    }


def length(of: timedelta) -> str:
    """Return how long was spoken, in minutes; less than half of one is one."""
    return gettext("%(minutes)s min") % {"minutes": max(1, round(of / timedelta(minutes=1)))}
