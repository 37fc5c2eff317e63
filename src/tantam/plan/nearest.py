"""The right name nearest to a wrong one, and short lists of what is allowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

SHOWN = 12
SEARCHED = 400  # names; a plan with more of a kind is large, and one with as many wrong names would take minutes
LONGEST = 200  # letters of a name that are compared


def nearest(got: str, allowed: Iterable[str]) -> str:
    """Return the allowed name most like `got`, or "" if none is alike; diacritics and case count little.

    Of more than SEARCHED names, those of about its length that begin alike are searched.
    """
    names = tuple(allowed)
    return _nearest(got[:LONGEST], names if len(names) <= SEARCHED else _likely(got, names))


def _likely(got: str, names: tuple[str, ...]) -> tuple[str, ...]:
    begins, length = got[:1].casefold(), len(got)
    likely = (each for each in names if each[:1].casefold() == begins and abs(len(each) - length) <= 2)
    return tuple(islice(likely, SEARCHED))


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
