"""Which cases hold words that somebody typed into a filter: rooms above that keep an index register here."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Q

Finder = Callable[[str], Q]

_finders: list[Finder] = []


def finds(finder: Finder) -> Finder:
    """Register what tells which cases hold the words given; register it from the room's `apps.ready`."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def found_by_others(words: str) -> Q:
    """Return which cases hold the words as any of those who registered says; none if nobody did."""
    return reduce(or_, (finder(words) for finder in _finders), Q(pk__in=[]))
