"""The right name nearest to a wrong one, and short lists of what is allowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

SHOWN = 12


def nearest(got: str, allowed: Iterable[str]) -> str:
    """Return the allowed name most like `got`, or "" if none is alike; diacritics and case count little."""
    return _nearest(got, tuple(allowed))


@lru_cache(maxsize=1_000)
def _nearest(got: str, allowed: tuple[str, ...]) -> str:
    folded = {_folded(each): each for each in allowed}
    close = get_close_matches(_folded(got), list(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def listed(allowed: Iterable[str]) -> str:
    """Return the names with commas between, at most twelve, then how many more there are."""
    names = list(allowed)
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f", … (+{more})" if more > 0 else "") if names else "–"


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return "".join(each for each in plain if not unicodedata.combining(each))
