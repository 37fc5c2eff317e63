"""Words for what a customer's calendar program sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common import spoken

ICONS = {"calendar_came": "clock"}
SENTENCES = {"calendar_came": noop("%(customer)s proposes an appointment: %(calendar)s")}
STORY = frozenset(SENTENCES)
_BY_METHOD = {
    "cancel": noop("%(customer)s calls an appointment off: %(calendar)s"),
    "reply": noop("%(customer)s answers an invitation: %(calendar)s"),
    "counter": noop("%(customer)s proposes another time: %(calendar)s"),
    "declinecounter": noop("%(customer)s does not agree to another time: %(calendar)s"),
}


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence of what is no proposal, "" for all others."""
    return _BY_METHOD.get(str(args.get("method")), "") if code in SENTENCES else ""


def arguments(code: str, args: Mapping[str, Any]) -> dict[str, str]:
    """Return what is to be when and where, in words."""
    if code not in SENTENCES or not args.get("begins"):
        return {"calendar": "–"}
    series = gettext("repeated") if args.get("repeats") else ""
    parts = (args.get("what"), _when(args), args.get("where"), series)
    return {"calendar": ", ".join(str(each) for each in parts if each)}


def _when(args: Mapping[str, Any]) -> str:
    begins = datetime.fromisoformat(str(args["begins"]))
    ends = datetime.fromisoformat(str(args["ends"])) if args.get("ends") else None
    if args.get("whole_day"):
        last = ends - timedelta(days=1) if ends else begins
        first = spoken.day_long(begins)
        return first if last <= begins else f"{first} – {spoken.day_long(last)}"
    at = f"{spoken.day_long(begins)}, {_clock(begins)}"
    if ends is None:
        return at
    same_day = timezone.localtime(ends).date() == timezone.localtime(begins).date()
    return f"{at} – {_clock(ends)}" if same_day else f"{at} – {spoken.day_long(ends)}, {_clock(ends)}"


def _clock(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
