"""The address of an imported case's page, by the name that the log gave it."""

from __future__ import annotations

from django.urls import reverse

LONGEST = 400  # characters of a name; servers refuse lines of some thousand bytes
_SWALLOWED = {".", ".."}  # steps of a path that a browser takes itself


def history_href(source: str, reference: str) -> str:
    """Return the address; "" for a name that no address can hold: none, one of several lines, `..`, one without end."""
    if not reference or len(reference) > LONGEST or not reference.isprintable():
        return ""
    if _SWALLOWED & set(reference.split("/")):
        return ""
    return reverse("web:history", args=[source, reference])
