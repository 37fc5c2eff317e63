"""Fills a furnished desk up to so many cases, a tenth of them open, by copying its own in the database.

python -m bench.many CASES
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.backends.utils import CursorWrapper

OPEN_SHARE = 10  # one of so many is open
PATTERN = 100  # cases that are copied again and again
CHUNK = 50_000  # cases a statement
FIRST = 10**15  # the copies' first id: older than every other
SPREAD_MINUTES = 3 * 24 * 60  # over which what is owed is due, from an hour ago on
MOST_OF = {"cases_message": 3, "cases_promise": 3, "case_event": 6}  # rows of a case


@dataclass(frozen=True)
class _Copied:
    """A table whose rows are copied with their case. changed: {column: SQL} of what each copy has of its own."""

    table: str
    pattern: str
    changed: dict[str, str]


def main(cases: int) -> None:
    """Copy until there are about `cases`."""
    import django

    django.setup()
    from django.db import connection

    from bench import finding
    from tantam.desk.common import planner

    with connection.cursor() as cursor:
        vendor = connection.vendor
        if vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = OFF")
        finding.mark_rare()
        _patterns(cursor)
        cursor.execute("SELECT count(*) FROM cases_case")
        there, size = cursor.fetchone()[0], _size(cursor)
        copies = max(0, cases - there) // size
        with _without_indexes(cursor, vendor):
            for begin in range(0, copies, CHUNK // size):
                end = min(copies, begin + CHUNK // size)
                for each in _copied(vendor, size, cursor):
                    _copy(cursor, each, begin, end)
        finding.index_all(cursor, FIRST, copies, size)
        if vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            planner.analyse()  # as the worker does once a day
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _without_indexes(cursor: CursorWrapper, vendor: str) -> Iterator[None]:
    """Take away the indexes that hold no law while rows are copied, and make them again: that is much faster."""
    tables = ", ".join(f"'{each}'" for each in ("customers_customer", "cases_case", *MOST_OF))
    catalogue, name, table, made = (
        ("sqlite_master", "name", "tbl_name", "sql")
        if vendor == "sqlite"
        else ("pg_indexes", "indexname", "tablename", "indexdef")
    )
    named = f"SELECT {name}, {made} FROM {catalogue} WHERE {table} IN ({tables}) AND {made} LIKE 'CREATE INDEX%'"
    cursor.execute(named)
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _, made in found:
        cursor.execute(made)


def _patterns(cursor: CursorWrapper) -> None:
    """Number the rows to be copied: cases, and their messages, promises and events."""
    still = "status IN ('open', 'waiting')"
    cursor.execute(
        f"""
        CREATE TEMPORARY TABLE pattern_case AS
        SELECT row_number() OVER (ORDER BY spot, id) - 1 AS spot, id FROM (
            SELECT id, {OPEN_SHARE} * row_number() OVER (ORDER BY next_due_at) AS spot FROM cases_case WHERE {still}
            UNION ALL
            SELECT id, row_number() OVER (ORDER BY id) AS spot FROM cases_case WHERE NOT ({still})
        ) AS every WHERE spot <= {PATTERN}
        """
    )
    for table, most in MOST_OF.items():
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE pattern_{table} AS
            SELECT row_number() OVER (ORDER BY spot, id) - 1 AS spot, id, spot AS case_spot FROM (
                SELECT t.id, p.spot, row_number() OVER (PARTITION BY t.case_id ORDER BY t.id) AS place
                FROM {table} t JOIN pattern_case p ON p.id = t.case_id
            ) AS every WHERE place <= {most}
            """
        )


def _size(cursor: CursorWrapper, table: str = "pattern_case") -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def _copied(vendor: str, size: int, cursor: CursorWrapper) -> list[_Copied]:
    number = f"({FIRST} + n.i * {size} + p.spot)"
    due = _due(vendor)
    case = {
        "id": number,
        "reference": "'N' || "
        + (f"substr('0000000000' || {number}, -10)" if vendor == "sqlite" else f"right('0000000000' || {number}, 10)"),
        "link_key": f"'k' || {number}",
        "next_due_at": f"CASE WHEN t.status = 'open' AND t.next_due_at IS NOT NULL THEN {due} ELSE t.next_due_at END",
        "customer_id": f"({FIRST} + n.i)",
        "purchase_id": "NULL",
    }
    found = [
        _Copied("customers_customer", "pattern_one", {"id": f"({FIRST} + n.i)"}),
        _Copied("cases_case", "pattern_case", case),
    ]
    cursor.execute("DROP TABLE IF EXISTS pattern_one")
    cursor.execute("CREATE TEMPORARY TABLE pattern_one AS SELECT 0 AS spot, min(customer_id) AS id FROM cases_case")
    for table in MOST_OF:
        rows = _size(cursor, f"pattern_{table}")
        changed = {
            "id": f"({FIRST} + n.i * {rows} + p.spot)",
            "case_id": f"({FIRST} + n.i * {size} + p.case_spot)",
        }
        if table == "cases_message":
            changed |= {"message_id": "NULL", "submission": "NULL"}
        if table == "cases_promise":
            changed |= {"due_at": f"CASE WHEN t.state = 'owed' THEN {due} ELSE t.due_at END", "supports_id": "NULL"}
        found.append(_Copied(table, f"pattern_{table}", changed))
    return found


def _due(vendor: str) -> str:
    """Return the SQL of an instant that is another one for each copy."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    minutes = f"((n.i * 37 + p.spot * 101) % {SPREAD_MINUTES} - 60)"
    if vendor == "sqlite":
        return f"datetime('{now}', {minutes} || ' minutes')"
    return f"(TIMESTAMPTZ '{now}+00' + {minutes} * INTERVAL '1 minute')"


def _copy(cursor: CursorWrapper, each: _Copied, begin: int, end: int) -> None:
    columns = _columns(cursor, each.table)
    values = ", ".join(each.changed.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"""
        INSERT INTO {each.table} ({names})
        WITH RECURSIVE n(i) AS (SELECT {begin} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {end})
        SELECT {values} FROM n CROSS JOIN {each.pattern} p JOIN {each.table} t ON t.id = p.id
        """
    )


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    """Return the columns that are written: without what the database computes."""
    from django.apps import apps

    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    return [each.column for each in model._meta.local_concrete_fields if not each.generated]


if __name__ == "__main__":
    main(int(sys.argv[1]))
