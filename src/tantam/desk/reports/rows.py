"""Runs a measure's SQL in the desk's own database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection


def rows(sql: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
    """Return the rows of a query; instants among its parameters are written as this database keeps them."""
    adapted = [
        connection.ops.adapt_datetimefield_value(each) if isinstance(each, datetime) else each for each in parameters
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, adapted)
        return cursor.fetchall()
