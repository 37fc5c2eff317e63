"""Indexes the copies of `bench.many` for the search, and lets one word stand in five messages alone."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

RARE = "hiemco"
CHUNK = 500  # copies of the whole pattern a statement


def mark_rare() -> None:
    """Write the rare word into five messages."""
    from tantam.desk.cases.models import Message

    for each in Message.objects.order_by("-pk")[:5]:
        if RARE not in each.body:
            Message.objects.filter(pk=each.pk).update(body=f"{each.body} {RARE}")


def index_all(cursor: CursorWrapper, first: int, copies: int, size: int) -> None:
    """Index what is there as the worker does, then the copies by copying the indexed texts of the pattern."""
    from django.db import connection

    from tantam.desk.search.keeping import index_what_is_new

    postgresql = connection.vendor == "postgresql"
    cursor.execute("DELETE FROM search_mark")
    for name in ("said", "case", "customer", "product"):
        cursor.execute("INSERT INTO search_mark (name, upto) VALUES (%s, %s)", [name, 2 * first])
    while index_what_is_new():
        pass
    rows = _texts(cursor, postgresql)
    if postgresql:
        cursor.execute("DROP INDEX search_said_words")
    key = "id" if postgresql else "rowid"
    for begin in range(0, copies, CHUNK):
        cursor.execute(
            f"""
            INSERT INTO search_said ({key}, words)
            {_numbers(begin, copies)}
            SELECT {first} + n.i * {rows} + p.spot, p.words FROM n CROSS JOIN pattern_text p ORDER BY 1
            """
        )
    _cases(cursor, first, copies, size, postgresql=postgresql)
    if postgresql:
        cursor.execute("CREATE INDEX search_said_words ON search_said USING gin (words)")


def _numbers(begin: int, copies: int) -> str:
    end = min(copies, begin + CHUNK)
    return f"WITH RECURSIVE n(i) AS (SELECT {begin} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {end})"


def _texts(cursor: CursorWrapper, postgresql: bool) -> int:
    """Keep the indexed text of each message of the pattern; return how many there are."""
    from tantam.desk.cases.models import Message
    from tantam.desk.search.tokens import indexed

    cursor.execute("SELECT spot, id FROM pattern_cases_message")
    spots = {key: spot for spot, key in cursor.fetchall()}
    kind = "tsvector" if postgresql else "text"
    cursor.execute(f"CREATE TEMPORARY TABLE pattern_text (spot bigint, words {kind})")
    place = "to_tsvector('simple', %s)" if postgresql else "%s"
    for message in Message.objects.filter(pk__in=spots).select_related("case__customer"):
        case = message.case
        words = indexed(f"{message.body.replace(RARE, '')}\n{case.subject}\n{case.customer.name}", case.language)
        cursor.execute(f"INSERT INTO pattern_text VALUES (%s, {place})", [spots[message.pk], words])
    return len(spots)


def _cases(cursor: CursorWrapper, first: int, copies: int, size: int, *, postgresql: bool) -> None:
    """Make the copies things that are found by their reference and subject."""
    number = f"({first} + n.i * {size} + p.spot)"
    columns, values = (
        "id, kind, target, title, more",
        f"{number}, 'case', {number}, 'n' || {number} || ' ' || p.title, p.more",
    )
    kept = "p.spot, t.title, t.more"
    if postgresql:
        cursor.execute("DROP INDEX search_case_words")
        columns, values, kept = f"{columns}, words", f"{values}, p.words", f"{kept}, t.words"
    cursor.execute(
        f"""
        CREATE TEMPORARY TABLE pattern_thing AS
        SELECT {kept} FROM pattern_case p JOIN search_thing t ON t.kind = 'case' AND t.target = p.id
        """
    )
    for begin in range(0, copies, CHUNK):
        cursor.execute(
            f"""
            INSERT INTO search_thing ({columns})
            {_numbers(begin, copies)}
            SELECT {values} FROM n CROSS JOIN pattern_thing p ORDER BY 1
            """
        )
    if postgresql:
        cursor.execute("CREATE INDEX search_case_words ON search_thing USING gin (words) WHERE kind = 'case'")
    else:
        cursor.execute(
            "INSERT INTO search_case (rowid, title, more) SELECT id, title, more FROM search_thing "
            "WHERE id >= %s AND id < %s ORDER BY id",
            [first, first + copies * size],
        )
