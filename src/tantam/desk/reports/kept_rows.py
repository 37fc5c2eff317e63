"""Rows of the desk's events and purchases, read as history/ takes them, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Any

from django.db import connection

_EVENTS = """
    SELECT id, case_id, {at}, code, {args}, actor, person_id, plan_version_id, clause, handling_seconds
    FROM case_event WHERE id > %s AND id < %s ORDER BY id LIMIT %s
"""
_PURCHASES = """
    SELECT bought.number, bought.customer_id, product.sku, {at}
    FROM customers_purchase AS bought JOIN customers_product AS product ON product.id = bought.product_id
    WHERE bought.handed_over_at IS NOT NULL
"""
LARGEST = 2**63 - 1


def rows_after(id: int, *, before: int = LARGEST, most: int = LARGEST) -> list[Any]:
    """Return the first `most` rows whose id lies between, in the order of history.store.Row, by id."""
    sql = _EVENTS.format(at=_instant("at"), args=_text("args"))
    return _read(sql, [id, before, most])


def purchases() -> list[Any]:
    """Return what was handed over, in the order of history.past.Purchase."""
    found = _read(_PURCHASES.format(at=_instant("bought.handed_over_at")), [])
    return [(number, str(customer), sku, at) for number, customer, sku, at in found]


def _read(sql: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _instant(column: str) -> str:
    """Return SQL for an instant as text in UTC; SQLite keeps it so."""
    if connection.vendor == "postgresql":
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return f"CAST({column} AS TEXT)"


def _text(column: str) -> str:
    return f"{column}::text" if connection.vendor == "postgresql" else column
