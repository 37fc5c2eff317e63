"""Words for who else has a case open."""

from __future__ import annotations

from django.utils.translation import ngettext

from tantam.desk.cases.presence import Other

MOST_NAMES = 3


def said(others: list[Other]) -> str:
    """Return who else is here in a sentence, "" for nobody; who is answering goes before who only looks."""
    typing = [each.person.name for each in others if each.typing]
    if typing:
        return ngettext("%(names)s is answering", "%(names)s are answering", len(typing)) % {"names": _and(typing)}
    names = [each.person.name for each in others]
    if not names:
        return ""
    return ngettext("%(names)s has this open too", "%(names)s have this open too", len(names)) % {"names": _and(names)}


def _and(names: list[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" +{more}" if more > 0 else "")
