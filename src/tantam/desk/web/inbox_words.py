"""Words of the inbox: its views, its groups, and what a group teaches."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

LOOKS = {"overdue": "broken", "hour": "soon", "today": "owed", "later": "owed", "waiting": "waiting"}
_VIEWS = {"mine": noop("Mine"), "level": noop("My level"), "all": noop("All")}
_GROUPS = {
    "overdue": noop("Overdue"),
    "hour": noop("Within the hour"),
    "today": noop("Today"),
    "later": noop("Later"),
    "waiting": noop("Waiting for the customer"),
}
_HINTS = {
    "overdue": noop("apologise first, then explain"),
    "waiting": noop("the clocks stand, we remember"),
}


def view(code: str) -> str:
    """Return the name of a view: mine, level, all."""
    return gettext(_VIEWS[code])


def group(code: str) -> str:
    """Return the heading of a group."""
    return gettext(_GROUPS[code])


def hint(code: str) -> str:
    """Return what stands at the end of a group's heading, "" for most."""
    return gettext(_HINTS[code]) if code in _HINTS else ""
