"""Inserts new rows without composing SQL anew each time: what one action writes goes out as one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.fields import AutoFieldMixin

_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
_INSERT = "INSERT INTO {table} ({columns}) VALUES ({places})"


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, as given; no signals are sent. A key that the database gives is not read back.

    What databases take in forms of their own (instants, JSON) is prepared by the model's fields, as `save` does.
    Raises IntegrityError, DataError.
    """
    _insert(rows, _INSERT)


def insert_new(rows: Sequence[models.Model]) -> None:
    """Insert rows as `insert` does, but leave out those that a unique key says are there already."""
    _insert(rows, _INSERT + " ON CONFLICT DO NOTHING")


def _insert(rows: Sequence[models.Model], form: str) -> None:
    if not rows:
        return
    statement, fields = _statement(type(rows[0]), form, connection.vendor)
    values = [[_prepared(field, name, row) for field, name in fields] for row in rows]
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _prepared(field: models.Field[Any, Any] | None, name: str, row: models.Model) -> Any:
    """Return a value as the driver takes it; field: None where every value is taken as it is."""
    value = getattr(row, name)
    return value if field is None or value is None else field.get_db_prep_save(value, connection)


@cache
def _statement(
    model: type[models.Model], form: str, vendor: str
) -> tuple[str, tuple[tuple[models.Field[Any, Any] | None, str], ...]]:
    """Return the statement, and each column's field and attribute; `vendor` keeps apart what each database has."""
    del vendor
    fields = [
        each for each in model._meta.local_concrete_fields if not (each.generated or isinstance(each, AutoFieldMixin))
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = form.format(table=quote(model._meta.db_table), columns=columns, places=places)
    return statement, tuple((None if isinstance(field, _AS_IT_IS) else field, field.attname) for field in fields)
