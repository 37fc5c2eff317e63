"""Words of the inbox: its views, its groups, and what a group teaches."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as noop

LOOKS = {"overdue": "broken", "hour": "soon", "today": "owed", "later": "owed", "waiting": "waiting"} | {
    "asleep": "waiting",
    "done": "kept",
}
_VIEWS = {
    "mine": noop("Mine"),
    "level": noop("My level"),
    "all": noop("All"),
    "team": noop("My team"),
    "mentions": noop("I was named"),
    "watched": noop("Watched"),
    "snoozed": noop("Asleep"),
}
_KEYS = {
    "group": noop("Customer group"),
    "promise": noop("Due"),
    "stage": noop("Stage"),
    "severity": noop("Severity"),
    "level": noop("Level"),
    "owner": noop("Owner"),
    "topic": noop("Topic"),
    "tag": noop("Tag"),
    "is": noop("State"),
    "channel": noop("Channel"),
    "language": noop("Language"),
    "opened": noop("Open"),
    "quiet": noop("Quiet"),
    "department": noop("Department"),
    "provider": noop("Provider"),
    "limit": noop("Beyond what we do"),
}
_GROUPS = {
    "overdue": noop("Overdue"),
    "hour": noop("Within the hour"),
    "today": noop("Today"),
    "later": noop("Later"),
    "waiting": noop("Waiting for the customer"),
    "asleep": noop("Asleep"),
    "done": noop("Resolved"),
}
_HINTS = {
    "overdue": noop("apologise first, then explain"),
    "waiting": noop("the clocks stand, we remember"),
    "asleep": noop("they wake at their time, or with the customer's word"),
}


def view(code: str) -> str:
    """Return the name of a view, one of VIEWS and ASIDE of `cases.inbox`."""
    return gettext(_VIEWS[code])


def group(code: str) -> str:
    """Return the heading of a group."""
    return gettext(_GROUPS[code])


def hint(code: str) -> str:
    """Return what stands at the end of a group's heading, "" for most."""
    return gettext(_HINTS[code]) if code in _HINTS else ""


def key(code: str) -> str:
    """Return the name of a filter's key."""
    return gettext(_KEYS[code])


def length(minutes: int) -> str:
    """Return a length of time in its largest whole unit."""
    if minutes and minutes % 1440 == 0:
        days = minutes // 1440
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if minutes and minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
