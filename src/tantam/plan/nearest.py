"""The right name nearest to a wrong one, and short lists of what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

from tantam.folding import folded

SHOWN = 12
SEARCHED = 40  # names that are compared letter by letter; of more, those that share most pairs of letters
MOST = 1_000  # names; among more, nothing is proposed
LONGEST = 200  # letters of a name that are compared


def nearest(got: str, allowed: Iterable[str]) -> str:
    """Return the allowed name most like `got`, or "" if none is alike; diacritics and case count little.

    So quick that a plan with thousands of names, and as many wrong ones, is told of in seconds.
    """
    names = tuple(allowed)
    return _nearest(got[:LONGEST], names) if len(names) <= MOST else ""


@lru_cache(maxsize=1_000)
def _nearest(got: str, allowed: tuple[str, ...]) -> str:
    wanted = folded(got)
    if len(allowed) > SEARCHED:
        pairs = _pairs(wanted)
        folds = [each for each in _alphabet(allowed) if abs(len(each[0]) - len(wanted)) <= len(wanted)]
        allowed = tuple(each[2] for each in nlargest(SEARCHED // 4, folds, key=lambda each: len(pairs & each[1])))
    written = {folded(each): each for each in allowed}
    close = get_close_matches(wanted, list(written), n=1, cutoff=0.6)
    return written[close[0]] if close else ""


@lru_cache(maxsize=8)
def _alphabet(allowed: tuple[str, ...]) -> tuple[tuple[str, frozenset[str], str], ...]:
    """Return (folded, its pairs of letters, as written) of each name."""
    return tuple((plain := folded(each[:LONGEST]), _pairs(plain), each) for each in allowed)


def _pairs(name: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(f"^{name}$")))


def listed(allowed: Iterable[str]) -> str:
    """Return the names with commas between, at most twelve, then how many more there are."""
    names = list(allowed)
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f", … (+{more})" if more > 0 else "") if names else "–"
