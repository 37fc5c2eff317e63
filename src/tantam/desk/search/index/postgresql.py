"""PostgreSQL's full text: two shapes of one question, for what is common and what is rare.

No single shape serves both. A common word is met soon on the way back from the newest; a rare one is not, and then the
index knows the few rows that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from tantam.desk.search.query import Query, Term, Word

WALK = 3_000  # rows looked at from the newest back before the index is asked


class Postgresql:
    """See `Index`."""

    def keep(self, texts: Iterable[tuple[int, str]]) -> None:
        """Index messages."""
        self._many(
            "INSERT INTO search_said (id, words) VALUES (%s, to_tsvector('simple', %s)) ON CONFLICT DO NOTHING",
            list(texts),
        )

    def forget(self, texts: Iterable[tuple[int, str]]) -> None:
        """Take messages out."""
        self._many("DELETE FROM search_said WHERE id = %s", [(key,) for key, _ in texts])

    def missing(self, after: int, most: int) -> list[int]:
        """Return messages that are not indexed."""
        return self._keys(
            "SELECT id FROM cases_message AS said WHERE id > %s "
            "AND NOT EXISTS (SELECT 1 FROM search_said AS kept WHERE kept.id = said.id) ORDER BY id LIMIT %s",
            [after, most],
        )

    def said(self, query: Query, before: int, most: int) -> list[int]:
        """Return messages that match."""
        asked = _asked(query)
        near = self._keys(
            "SELECT id FROM (SELECT id, words FROM search_said WHERE id < %s ORDER BY id DESC LIMIT %s) AS near "
            "WHERE words @@ %s::tsquery LIMIT %s",
            [before, WALK, asked, most],
        )
        if len(near) >= most:
            return near
        return self._keys(
            "WITH found AS MATERIALIZED (SELECT id FROM search_said WHERE words @@ %s::tsquery) "
            "SELECT id FROM found WHERE id < %s ORDER BY id DESC LIMIT %s",
            [asked, before, most],
        )

    def put(self, kind: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Index things."""
        self._many(
            "UPDATE search_thing SET words = setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s) "
            "WHERE id = %s",
            [(title, more, key) for key, title, more in rows],
        )

    def drop(self, kind: str, keys: Sequence[int]) -> None:
        """Take things out: their words go with their rows."""

    def things(self, kind: str, query: Query, most: int) -> list[int]:
        """Return things that match."""
        asked = _asked(query)
        near = self._keys(
            "SELECT id FROM (SELECT id, words FROM search_thing WHERE kind = %s ORDER BY id DESC LIMIT %s) "
            "AS near WHERE words @@ %s::tsquery LIMIT %s",
            [kind, WALK, asked, most],
        )
        if len(near) >= most:
            return near
        return self._keys(
            "WITH found AS MATERIALIZED (SELECT id FROM search_thing WHERE kind = %s AND words @@ %s::tsquery) "
            "SELECT id FROM found ORDER BY id DESC LIMIT %s",
            [kind, asked, most],
        )

    def known(self, keys: Sequence[int]) -> set[int]:
        """Return messages that are indexed."""
        return set(self._keys("SELECT id FROM search_said WHERE id = ANY(%s)", [list(keys)]))

    def begin_anew(self) -> None:
        """Leave all as it is: what was taken out is gone once the database cleans up after itself."""

    def purge(self, kind: str) -> None:
        """Leave all as it is: the words went with their rows."""

    def _keys(self, statement: str, values: list[object]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]

    def _many(self, statement: str, values: Sequence[tuple[object, ...]]) -> None:
        if values:
            with connection.cursor() as cursor:
                cursor.executemany(statement, values)


def _asked(query: Query) -> str:
    """Return the query as PostgreSQL writes one; words are letters and digits alone, so none is an operator."""
    wanted = [_term(each) for each in query.wanted]
    return " & ".join([*wanted, *(f"!{_term(each)}" for each in query.unwanted)])


def _term(term: Term) -> str:
    if len(term.words) == 1:
        return "(" + " | ".join(_word(term.words[0], form) for form in term.words[0].forms) + ")"
    return "(" + " <-> ".join(_word(each, each.forms[0]) for each in term.words) + ")"


def _word(word: Word, form: str) -> str:
    return f"'{form}':*" if word.begins else f"'{form}'"
