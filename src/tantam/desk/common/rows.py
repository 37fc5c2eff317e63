"""Inserts new rows without composing SQL anew each time: what one action writes goes out as one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

_INSERT = "INSERT INTO {table} ({columns}) VALUES ({places})"


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model whose keys are known before (`TimeOrderedId`), as given; no signals are sent.

    Values are prepared by the model's own fields, as `save` does. Raises IntegrityError, DataError.
    """
    _insert(rows, _INSERT)


def insert_new(rows: Sequence[models.Model]) -> None:
    """Insert rows as `insert` does, but leave out those that a unique key says are there already."""
    _insert(rows, _INSERT + " ON CONFLICT DO NOTHING")


def _insert(rows: Sequence[models.Model], form: str) -> None:
    if not rows:
        return
    statement, fields = _statement(type(rows[0]), form, connection.vendor)
    values = [[field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _statement(model: type[models.Model], form: str, vendor: str) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    """Return the statement and its fields; `vendor` only keeps apart what is cached for each database."""
    del vendor
    fields = tuple(each for each in model._meta.local_concrete_fields if not each.generated)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return form.format(table=quote(model._meta.db_table), columns=columns, places=places), fields
