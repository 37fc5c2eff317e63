"""An imported log: events of another system, beside those of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tantam.history.events import COLUMNS, create
from tantam.history.store import Store, parts
from tantam.history.store.writer import connection

SOURCE = "incidents"
BEGAN = datetime(2017, 2, 1, 8, 0)  # noqa: DTZ001 - columns of DuckDB are naive UTC
KNOWN = {"actor": "person", "person": f"{SOURCE}/Resolver 7", "clause": ""}


def incident(number: int = 1, reference: str = "INC0000045") -> list[dict[str, Any]]:
    """Return the events of one incident: it came in, was promised for the next day, and settled in time."""
    kept = {"promise": -number, "kind": "resolution", "clause": "promises#usual"}
    told = [
        {
            "code": "opened",
            "actor": "customer",
            "person": None,
            "reference": reference,
            "customer": f"{SOURCE}/Caller 2403",
            "groups": ["sales"],
            "level": "first",
            "facts": '{"danger": "no"}',
        },
        {"code": "promised", "actor": "plan", "person": None, **kept, "due": BEGAN + timedelta(days=1)},
        {"code": "handed_over", "owner": f"{SOURCE}/Resolver 7", "level": "first"},
        {"code": "replied"},
        {"code": "resolved"},
        {"code": "kept", **kept, "due": BEGAN + timedelta(days=1)},
    ]
    return [
        {**KNOWN, "id": 10 * number + n, "case_id": -number, "instant": BEGAN + timedelta(hours=n), **each}
        for n, each in enumerate(told)
    ]


def imported(home: Path, events: Sequence[Mapping[str, Any]], source: str = SOURCE) -> None:
    """Put the events into the history below `home`, as an import does."""
    store = Store(Path(home) / "history")
    path = store.staging(source) / "events.parquet"
    with connection() as own:
        own.execute(create("log"))
        for each in events:
            row = {"source": source, **each}
            names = [name for name in COLUMNS if name in row]
            asked = ", ".join(f"${name}" for name in names)
            own.execute(f"INSERT INTO log ({', '.join(names)}) VALUES ({asked})", {name: row[name] for name in names})
        parts.write(own, "log", path)
    store.replace(source, [path], fingerprint="as it was")
