"""Long lists show their first rows; a plain link shows more of them, and beyond that a list is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FIRST, MOST = 20, 200
MORE = {"show": str(MOST)}  # the argument that asks for more


@dataclass(frozen=True, slots=True)
class Rest:
    """What a list leaves out. n, href: how many rows are shown where; beyond: there are others, which no list shows."""

    n: int = 0
    href: str = ""
    beyond: bool = False


def wanted(get: Mapping[str, str]) -> int:
    """Return how many rows an address asks for."""
    return MOST if get.get("show") == MORE["show"] else FIRST


def rest(shown: int, total: int, href: str) -> Rest | None:
    """Return what is left out of `total` rows, None if nothing is. href: where more of them are shown."""
    if shown >= total:
        return None
    return Rest(beyond=True) if shown >= MOST else Rest(min(total, MOST), href)
