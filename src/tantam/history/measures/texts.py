"""Reads the SQL files, and gives a query the parameters that it asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

_ASKED = re.compile(r"\$(\w+)")


@cache
def text(name: str) -> str:
    """Return the SQL of the file `name`.sql."""
    return files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8").strip()


def asked(sql: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the values that the query names; one too many is an error to DuckDB."""
    return {name: values[name] for name in set(_ASKED.findall(sql))}


def naive(instant: datetime) -> datetime:
    """Return an aware instant as DuckDB's columns hold it: in UTC, without saying so."""
    return instant.astimezone(UTC).replace(tzinfo=None)


def aware(instant: datetime) -> datetime:
    """Return an instant of a column as what it is."""
    return instant.replace(tzinfo=UTC)
