"""SQLite's FTS5: messages without a copy of their text, things with theirs; beginnings in an index of their own.

The order stands outside the match on purpose: FTS5 walks its rows from the newest back only if it is `rowid DESC`.
Each kind of thing has an index of its own, called `search_{kind}`: a kind is a word of `Thing.Kind`, so it
may stand in a statement (`_of`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from tantam.desk.search.query import Query, Term, Word

LONGEST_BEGINNING = 5  # letters that the index of beginnings keeps; the caller verifies the rest


class Sqlite:
    """See `Index`."""

    def keep(self, texts: Iterable[tuple[int, str]]) -> None:
        """Index messages."""
        self._many(
            "INSERT INTO search_said (rowid, words) SELECT %s, %s "
            "WHERE NOT EXISTS (SELECT 1 FROM search_said_docsize WHERE id = %s)",
            [(key, text, key) for key, text in texts],
        )

    def forget(self, texts: Iterable[tuple[int, str]]) -> None:
        """Take messages out."""
        self._many("INSERT INTO search_said (search_said, rowid, words) VALUES ('delete', %s, %s)", list(texts))

    def missing(self, after: int, most: int) -> list[int]:
        """Return messages that are not indexed."""
        return self._keys(
            "SELECT id FROM cases_message AS said WHERE id > %s "
            "AND NOT EXISTS (SELECT 1 FROM search_said_docsize AS kept WHERE kept.id = said.id) ORDER BY id LIMIT %s",
            [after, most],
        )

    def said(self, query: Query, before: int, most: int) -> list[int]:
        """Return messages that match."""
        return self._keys(
            "SELECT rowid FROM search_said WHERE search_said MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s",
            [_match(query), before, most],
        )

    def put(self, kind: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Index things."""
        self.drop(kind, [key for key, _, _ in rows])
        self._many(_of(kind, "INSERT INTO search_{kind} (rowid, title, more) VALUES (%s, %s, %s)"), list(rows))

    def drop(self, kind: str, keys: Sequence[int]) -> None:
        """Take things out."""
        self._many(_of(kind, "DELETE FROM search_{kind} WHERE rowid = %s"), [(each,) for each in keys])

    def things(self, kind: str, query: Query, most: int) -> list[int]:
        """Return things that match."""
        return self._keys(
            _of(kind, "SELECT rowid FROM search_{kind} WHERE search_{kind} MATCH %s ORDER BY rowid DESC LIMIT %s"),
            [_match(query), most],
        )

    def known(self, keys: Sequence[int]) -> set[int]:
        """Return messages that are indexed."""
        statement = "SELECT id FROM search_said_docsize WHERE id IN (SELECT value FROM json_each(%s))"
        return set(self._keys(statement, [json.dumps(list(keys))]))

    def begin_anew(self) -> None:
        """Throw away what is indexed of messages: of what was taken out, the index kept the words until then."""
        self._many("INSERT INTO search_said (search_said) VALUES (%s)", [("delete-all",)])

    def purge(self, kind: str) -> None:
        """Write an index of things without what was taken out of it."""
        self._many(_of(kind, "INSERT INTO search_{kind} (search_{kind}) VALUES (%s)"), [("optimize",)])

    def _keys(self, statement: str, values: list[object]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]

    def _many(self, statement: str, values: Sequence[tuple[object, ...]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _of(kind: str, statement: str) -> str:
    """Return the statement about the index of a kind."""
    return statement.replace("{kind}", kind)


def _match(query: Query) -> str:
    """Return the query as FTS5 reads it; words are letters and digits alone, so nothing in them is an operator."""
    wanted = " AND ".join(_term(each) for each in query.wanted)
    return " NOT ".join([f"({wanted})", *(_term(each) for each in query.unwanted)])


def _term(term: Term) -> str:
    if len(term.words) == 1:
        return "(" + " OR ".join(_word(term.words[0], form) for form in term.words[0].forms) + ")"
    return "(" + " + ".join(_word(each, each.forms[0]) for each in term.words) + ")"


def _word(word: Word, form: str) -> str:
    if word.begins:
        return f'"{form[:LONGEST_BEGINNING]}" *'
    return f'"{form}"'
