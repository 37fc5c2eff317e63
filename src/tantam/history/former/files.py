"""Reads a measure's SQL file and puts in front of it which stretches of time and which cases count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

Stretch = tuple[int, datetime, datetime]

EVERY_CASE = "SELECT * FROM case_event"
SOME_CASES = """SELECT event.* FROM case_event AS event
    JOIN case_event AS opening ON opening.case_id = event.case_id AND opening.code = 'opened'
    WHERE (%s = '' OR opening.args ->> 'stage' = %s) AND (%s = '' OR opening.args ->> 'groups' LIKE %s)"""


@dataclass(frozen=True, slots=True)
class Part:
    """Which cases count: those opened at this stage, by a customer of this group; "" for any."""

    stage: str = ""
    group: str = ""


def query(name: str, stretches: Sequence[Stretch], *more: Any, part: Part | None = None) -> tuple[str, list[Any]]:
    """Return (sql, parameters) of the file `name`.sql.

    The file reads `stretch(number, since, until)` and `counted`, the events of the cases that count.
    more: parameters that the file itself asks for, in their order.
    """
    values = ", ".join(["(%s, %s, %s)"] * len(stretches))
    times: list[Any] = [each for stretch in stretches for each in stretch]
    counted, which = EVERY_CASE, []
    if part and (part.stage or part.group):
        counted = SOME_CASES
        which = [part.stage, part.stage, part.group, f'%"{part.group}"%']
    head = f"WITH stretch (number, since, until) AS (VALUES {values}), counted AS NOT MATERIALIZED ({counted})"
    return f"{head}\n{_text(name)}", [*times, *which, *more]


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
