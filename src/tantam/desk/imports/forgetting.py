"""Somebody is forgotten: files that tell of them go at once, and rows of theirs that were not taken in.

A file may have a gigabyte, and is read by nobody for one person: every file of a source that knows them goes, and every
one of whose rejected rows one tells of them. What is under way is not touched; it goes a month after it was brought.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from tantam.desk.imports import store
from tantam.desk.imports.models import ExternalId, Import
from tantam.folding import folded

FEWEST_LETTERS = 6  # of a name that is looked for: a shorter one stands in many words
LAST_DIGITS = 8  # of a telephone number, however the rest of it is written


class Known(Protocol):
    """Somebody, as they are known: keys of customers, ways to reach them, names."""

    @property
    def customers(self) -> Sequence[int]:
        """Keys of all who are one."""

    @property
    def values(self) -> Sequence[str]:
        """As contacts are kept."""

    @property
    def names(self) -> Sequence[str]:
        """As customers are called."""


def found(whom: Known) -> int:
    """Return how many files would go."""
    return len(_of(whom))


def forget(whom: Known) -> int:
    """Throw the files away, inside the caller's transaction; return how many. Other rejected rows stay."""
    files = _of(whom)
    for each in Import.objects.select_for_update().filter(pk__in=files):
        store.file_of(each).unlink(missing_ok=True)
        each.reject_bytes = store.Rejected(each).without(_telling(whom))
        each.file_gone = True
        each.save(update_fields=["reject_bytes", "file_gone"])
    return len(files)


def _of(whom: Known) -> list[int]:
    known = set(ExternalId.objects.filter(customer__in=whom.customers).values_list("source", flat=True))
    there = Import.objects.filter(file_gone=False).exclude(state__in=Import.COMING).order_by("pk")
    telling = _telling(whom)
    return [each.pk for each in there if each.source in known or any(store.Rejected(each).telling(telling))]


class _Telling:
    """Whether a row tells of somebody, by an address, a number or all words of a name, however they are written."""

    def __init__(self, values: Iterable[str], names: Iterable[str]) -> None:
        digits = [re.sub(r"\D", "", each) for each in values]
        self._numbers = tuple(each[-LAST_DIGITS:] for each in digits if len(each) >= LAST_DIGITS)
        self._values = tuple(folded(each) for each in values if len(each) >= FEWEST_LETTERS)
        self._names = tuple(_words(each) for each in names if sum(map(len, _words(each))) >= FEWEST_LETTERS)

    def __call__(self, cells: Sequence[str]) -> bool:
        said = folded(" ".join(cells))
        words = _words(said)
        numbers = [re.sub(r"\D", "", each) for each in cells] if self._numbers else []
        if any(each in said for each in self._values) or any(each <= words for each in self._names):
            return True
        return any(each in number for each in self._numbers for number in numbers)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", folded(text)))


def _telling(whom: Known) -> _Telling:
    return _Telling(whom.values, whom.names)
