"""Rows of the desk's events and purchases, read as history/ takes them, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

LARGEST = 2**63 - 1
AT_A_TIME = 20_000  # rows in memory

_EVENTS = """
    SELECT id, case_id, {at}, code, {args}, actor, person_id, plan_version_id, clause, handling_seconds
    FROM case_event WHERE id > %s AND id < %s ORDER BY id LIMIT %s
"""
_TALLY = "SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM case_event WHERE id > %s AND id < %s"
_PURCHASES = """
    SELECT bought.number, bought.customer_id, product.sku, {at}
    FROM customers_purchase AS bought JOIN customers_product AS product ON product.id = bought.product_id
    WHERE bought.handed_over_at IS NOT NULL
"""
_DELIVERIES = """
    SELECT delivery.id, bought.customer_id, bought.number,
           CASE WHEN delivery.state = 'kept' THEN 'kept' ELSE 'broken' END, {at}
    FROM customers_delivery AS delivery JOIN customers_purchase AS bought ON bought.id = delivery.purchase_id
    WHERE delivery.ended_at IS NOT NULL
"""
_DELIVERED = """
    SELECT count(ended_at), max(ended_at), sum(CASE WHEN state = 'kept' THEN 1 ELSE 0 END) FROM customers_delivery
"""
_HANDED_OVER = "SELECT count(handed_over_at), max(handed_over_at) FROM customers_purchase"


def rows_after(id: int, *, before: int = LARGEST) -> Iterator[Any]:
    """Yield the rows whose id lies between, by id, in the order of history.store.Row."""
    sql = _EVENTS.format(at=_instant("at"), args=_text("args"))
    while found := _read(sql, id, before, AT_A_TIME):
        yield from found
        if len(found) < AT_A_TIME:
            return
        id = found[-1][0]


def tally(*, after: int = 0, before: int = LARGEST) -> tuple[int, int, int]:
    """Return how many events have an id between, the smallest and the largest; zeros for none. Read from the index."""
    count, first, last = _read(_TALLY, after, before)[0]
    return count, first, last


def purchases() -> list[Any]:
    """Return what was handed over, in the order of history.past.Purchase."""
    found = _read(_PURCHASES.format(at=_instant("bought.handed_over_at")))
    return [(number, str(customer), sku, at) for number, customer, sku, at in found]


def deliveries() -> list[Any]:
    """Return the deliveries whose promise ended, in the order of history.past.Delivery."""
    found = _read(_DELIVERIES.format(at=_instant("delivery.ended_at")))
    return [(pk, str(customer), number, code, at) for pk, customer, number, code, at in found]


def handed_over() -> tuple[Any, ...]:
    """Return what changes whenever something is handed over, or the promise of a delivery ends."""
    return (*_read(_HANDED_OVER)[0], *_read(_DELIVERED)[0])


def _read(sql: str, *parameters: Any) -> list[Any]:
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
