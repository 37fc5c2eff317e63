"""A small past to measure: events written by hand into the tables that measures read, and the clocks of the plan."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import duckdb

from tantam.history.events import COLUMNS, DESK, create
from tantam.history.open_time import open_time_columns
from tantam.history.past import DELIVERY, PROMISE_END, PURCHASE
from tantam.plan.calendars import Hours

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
YEARS = (2025, 2027)
DUCK = duckdb.connect()
NUMBERS = count(1)
OPEN_TIME = "CREATE TABLE open_time (clock VARCHAR, since TIMESTAMP, until TIMESTAMP, before DOUBLE)"


def at(minutes: float) -> datetime:
    """Return the instant so many minutes after START."""
    return START + minutes * MINUTE


@dataclass(frozen=True)
class Happening:
    """One event. more: other columns of `event`."""

    case: int
    instant: datetime
    code: str
    source: str = DESK
    more: Mapping[str, Any] = field(default_factory=dict)


def happening(case: int, instant: datetime | float, code: str, *, source: str = DESK, **more: Any) -> Happening:
    """Return an event; instant: aware, or minutes after START. A person did it, unless `actor` says otherwise."""
    when = instant if isinstance(instant, datetime) else at(instant)
    return Happening(case, when, code, source, {"actor": "person"} | more)


class SmallPast:
    """Events, purchases and clocks in DuckDB, asked as measures ask; each past is a database of its own."""

    def __init__(self, events: Iterable[Happening], *, clocks: Mapping[str, Hours | None] | None = None) -> None:
        self.connection = DUCK.cursor()
        name = f"past_{next(NUMBERS)}"
        self.connection.execute(f"ATTACH ':memory:' AS {name}; USE {name}; {create()}; {OPEN_TIME}; {PURCHASE}")
        self.connection.execute(f"{DELIVERY}; {PROMISE_END}")
        weakref.finalize(self, DUCK.execute, f"DETACH {name}")
        for clock, hours in ({"": None} | dict(clocks or {})).items():
            columns = columns_of(hours)
            assert len(columns["since"])
            self.connection.execute("INSERT INTO open_time SELECT ?, since, until, before FROM columns", [clock])
        rows = [_row(number, each) for number, each in enumerate(events, 1)]
        if rows:
            one = f"({', '.join('?' * len(COLUMNS))})"
            values = [value for row in rows for value in row]
            self.connection.execute(f"INSERT INTO event VALUES {', '.join([one] * len(rows))}", values)

    def handed_over(self, purchase: str, instant: datetime, *, source: str = DESK) -> SmallPast:
        """Let something have been handed over."""
        self.connection.execute(
            "INSERT INTO purchase VALUES (?, ?, 'c', 'p', ?)", [source, purchase, instant.replace(tzinfo=None)]
        )
        return self

    def delivered(self, instant: datetime, code: str, *, purchase: str = "DH-1") -> SmallPast:
        """Let the promise of a delivery have ended. code: kept or broken."""
        self.connection.execute(
            "INSERT INTO delivery VALUES (?, ?, '7', ?, ?, ?)",
            [DESK, next(NUMBERS), purchase, code, instant.replace(tzinfo=None)],
        )
        return self

    def rows(self, sql: str, params: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Return the rows of a query."""
        return self.connection.execute(sql, dict(params)).fetchall()


@cache
def columns_of(hours: Hours | None) -> dict[str, Any]:
    """Return a clock's open intervals as `open_time` has them."""
    return open_time_columns(hours, *YEARS)


def _row(number: int, event: Happening) -> list[Any]:
    values = {
        "source": event.source,
        "id": number,
        "case_id": event.case,
        "instant": event.instant.astimezone(UTC).replace(tzinfo=None),
        "code": event.code,
        "clause": "",
        **event.more,
    }
    return [values.get(name) for name in COLUMNS]
