"""Lets SQLite know once a day how its rows are spread, so that it picks the index that finds few of them.

PostgreSQL does so by itself. Without it SQLite takes any two indexes for equally good, and reads a whole queue for the
three cases that somebody watches.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection

from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles

ANALYSE = "analyse_tables"
ROWS = 1_000  # looked at of each index, so that writers wait for a moment only

recurs(ANALYSE, timedelta(days=1))


def analyse() -> None:
    """Count how the rows of each index are spread; nothing where the database does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
            cursor.execute("ANALYZE")


@handles(ANALYSE)
def _analysed(payload: Mapping[str, Any]) -> None:
    analyse()
