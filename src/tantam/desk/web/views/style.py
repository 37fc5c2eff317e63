"""The living style guide: every piece once, in both themes, with its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tantam.desk.common import clock
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.event_words import Said
from tantam.desk.web.pages import page

COLOURS = (
    "paper", "sunk", "float", "hover", "ink", "quiet", "line", "edge", "accent", "wash",
    "kept", "soon", "broken", "waiting", "kept-w", "soon-w", "broken-w", "waiting-w", "straw", "straw-line",
)  # fmt: skip
ICONS = (
    "alert", "arrow", "ask", "back", "box", "cam", "chart", "chat", "check", "clock", "cross", "doc", "down", "flag",
    "gear", "heart", "inbox", "link", "lock", "mail", "out", "pause", "pen", "people", "person", "phone", "ring",
    "search", "send", "swap", "undo", "up", "wrench", "zero",
)  # fmt: skip
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Shown:
    """A promise as the ledger would show it."""

    state: str
    kind: str
    due_at: datetime
    minutes: int
    share: float
    clause: str
    at: datetime | None = None


class Example(forms.Form):
    """One field of each sort."""

    serial = forms.CharField(label=gettext_lazy("Serial number"), help_text=gettext_lazy("On the label at the back"))
    born = forms.IntegerField(label=gettext_lazy("Year of birth"), max_value=2026, required=False)
    fault = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=[("noise", gettext_lazy("It is loud")), ("transport", gettext_lazy("Broken on the way"))],
        widget=forms.RadioSelect,
    )


@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """Show every piece."""
    now = clock.now()
    context: dict[str, Any] = {
        "colours": COLOURS,
        "icons": ICONS,
        "chips": _chips(now),
        "because": _("An older customer’s concern is settled within two working days."),
        "forms": [(theme, _form(theme)) for theme in THEMES],
        "happened": Said(now, "received", "inbox", _("Came in"), "promises#reply_elderly", ""),
        "steps": [
            {"state": "done", "title": _("Came in"), "detail": "13:02"},
            {"state": "now", "title": _("Answered"), "detail": ""},
            {"state": "", "title": _("Settled"), "detail": ""},
        ],
        "columns": [{"title": _("Case")}, {"title": _("Customer")}, {"title": _("Price"), "number": True}],
        "rows": [
            {"href": "#", "cells": [{"text": "K7M2-P9X"}, {"text": "Bà Hoa"}, {"text": "8.990.000 ₫", "number": True}]},
            {"href": "#", "cells": [{"text": "Q4RT-2BC"}, {"text": "Kim Weber"}, {"text": "89,90 €", "number": True}]},
        ],
        "marked": (("Máy giặt ", False), ("kêu", True), (" to", False)),
        "now": now,
        "themes": THEMES,
    }
    return page(request, "style/guide.html", context)


def _form(theme: str) -> Example:
    """Return a form that was sent with a mistake; each theme's fields have names of their own."""
    form = Example({"serial": "4402 1180 3319", "born": "2955", "fault": "noise"}, auto_id=f"id_{theme}_%s")
    form.is_valid()
    return form


def _chips(now: datetime) -> list[Shown]:
    def shown(state: str, minutes: int, kind: str = "first_reply", share: float = 0.6) -> Shown:
        ended = now - timedelta(minutes=20) if state == "kept" else None
        due = now + timedelta(minutes=minutes)
        return Shown(state, kind, due, abs(minutes), share, "promises#reply_elderly", ended)

    return [
        shown("kept", 10),
        shown("soon", 38, "resolution"),
        shown("broken", -14),
        shown("waiting", 1500, "update"),
        shown("owed", 400, "resolution"),
    ]
