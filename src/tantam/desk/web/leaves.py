"""Lists that grow with use are read leaf by leaf: one is shown, with plain links to those beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from tantam.desk.common.numbers import whole

DEEPEST = 1_000_000  # rows that an address may leave out: databases count no further than they must


@dataclass(frozen=True, slots=True)
class Leaf:
    """rows: what is shown. before, after: addresses of the leaves beside it, "" where there is none."""

    rows: Sequence[Any]
    before: str = ""
    after: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, shown: Callable[[Any], Any]) -> Leaf:
        """Return the leaf with each row as it is shown."""
        return replace(self, rows=[shown(each) for each in self])


def leaf(
    found: QuerySet[Any] | Sequence[Any], asked: QueryDict, *, most: int, name: str = "from", at: str = ""
) -> Leaf:
    """Return the leaf of a list that an address asks for; the first one, where it asks for what is not there.

    found: in order. most: rows of a leaf, >= 1. name: the argument that says how many rows are left out, one a list.
    at: the id of the list, where the page has others. One query, two where nothing is there.
    """
    start = min(whole(asked.get(name, "")) or 0, DEEPEST)
    rows = list(found[start : start + most + 1])
    if not rows and start:
        start, rows = 0, list(found[: most + 1])
    return Leaf(
        rows=rows[:most],
        before=_href(asked, name, max(start - most, 0), at) if start else "",
        after=_href(asked, name, start + most, at) if len(rows) > most else "",
    )


def _href(asked: QueryDict, name: str, start: int, at: str) -> str:
    """Return the same address with that many rows of this list left out."""
    others = asked.copy()
    others.pop(name, None)
    if start:
        others[name] = str(start)
    return f"?{others.urlencode()}" + (f"#{at}" if at else "")
