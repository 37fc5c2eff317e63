"""The two full-text indexes behind one small interface: messages by their key, and things by theirs, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection

from tantam.desk.search.query import Query

NEWEST = 2**63 - 1


class Index(Protocol):
    """Keys grow with time. Texts come folded (`tokens.indexed`). What is found is to be verified by the caller.

    A kind is one of `Thing.Kind`. Whether a word is in every message or in one, a search costs the same: it walks from
    the newest back, or asks the index, whichever is short.
    """

    def keep(self, texts: Iterable[tuple[int, str]]) -> None:
        """Index messages; one that is there already stays as it is."""

    def forget(self, texts: Iterable[tuple[int, str]]) -> None:
        """Take messages out; the text is the one that was indexed."""

    def missing(self, after: int, most: int) -> list[int]:
        """Return up to `most` keys above `after` of messages that are not indexed, the smallest first."""

    def said(self, query: Query, before: int, most: int) -> list[int]:
        """Return up to `most` keys below `before` of messages that match, the largest first."""

    def put(self, kind: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Index things (key, title, more) of one kind, in place of what stood there."""

    def drop(self, kind: str, keys: Sequence[int]) -> None:
        """Take things out."""

    def things(self, kind: str, query: Query, most: int) -> list[int]:
        """Return up to `most` keys of things of one kind that match, the largest first."""

    def known(self, keys: Sequence[int]) -> set[int]:
        """Return those of these messages that are indexed."""

    def begin_anew(self) -> None:
        """Let nothing be left of messages that were taken out; the rest may have to be kept once more."""

    def purge(self, kind: str) -> None:
        """Let nothing be left of things that were taken out."""


def index() -> Index:
    """Return the index of the database that the desk runs on."""
    if connection.vendor == "postgresql":
        from tantam.desk.search.index.postgresql import Postgresql

        return Postgresql()
    from tantam.desk.search.index.sqlite import Sqlite

    return Sqlite()
