"""Reads a measure's SQL file and puts the stretches of time in front of it, as the table `stretch`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

Stretch = tuple[int, datetime, datetime]


def query(name: str, stretches: Sequence[Stretch], *more: Any) -> tuple[str, list[Any]]:
    """Return (sql, parameters) of the file `name`.sql, which reads `stretch(number, since, until)` and case_event.

    more: parameters that the file itself asks for, in their order.
    """
    values = ", ".join(["(%s, %s, %s)"] * len(stretches))
    head = f"WITH stretch (number, since, until) AS (VALUES {values})"
    return f"{head}\n{_text(name)}", [each for stretch in stretches for each in stretch] + list(more)


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
