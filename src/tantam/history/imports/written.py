"""The second half of an import: cases become events, a finished file of them after the other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from tantam.history.events import COLUMNS
from tantam.history.imports.cases import Cases, Event
from tantam.history.imports.cells import PARTS
from tantam.history.imports.refused import Rejection
from tantam.history.imports.rows import BITS
from tantam.history.imports.staging import Told, write_rejections
from tantam.history.store import connection, write
from tantam.history.store.files import replace_text
from tantam.history.store.parts import quoted

ROWS_A_FILE = 150_000  # rows of the log, about
AT_ONCE = 5_000
FOLDER = "cases"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a part of the cases came to. facts: how many cases know each term."""

    cases: int = 0
    events: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    rejected: int = 0


def write_events(directory: Path, source: tuple[Path, int], cases: Cases, told: Told) -> list[Tally]:
    """Write the events of all cases in parts by their numbers; return what each part came to.

    source: the sorted rows, and how many. A part counts once its tally is written, which is last of all.
    """
    rows, count = source
    (directory / FOLDER).mkdir(exist_ok=True)
    parts = max(1, ceil(count / ROWS_A_FILE))
    tallies = []
    for part in range(parts):
        path = _path(directory, part, "json")
        if not path.exists():
            _write_part(directory, rows, (part, parts), cases)
        tallies.append(Tally(**json.loads(path.read_text(encoding="utf-8"))))
        told((part + 1) / parts)
    return tallies


def event_files(directory: Path, parts: int) -> list[Path]:
    """Return the files of events that were written."""
    return [path for part in range(parts) if (path := _path(directory, part, "parquet")).exists()]


def rejection_files(directory: Path, parts: int) -> list[Path]:
    """Return the files of rows that were rejected beside the others of their cases."""
    return [_path(directory, part, "rejected") for part in range(parts)]


def _write_part(directory: Path, rows: Path, part: tuple[int, int], cases: Cases) -> None:
    rejected: list[Rejection] = []
    cases.reject = rejected.append
    index, parts = part
    events: list[Event] = []
    codes: Counter[str] = Counter()
    facts: Counter[str] = Counter()
    count = 0
    with connection() as own:
        found = own.execute(
            f"SELECT * FROM read_parquet({quoted(rows)}) WHERE case_id >= $low AND case_id < $high",
            _range(index, parts),
        )
        for each in cases.events(_fetched(found)):
            count += 1
            events += each
            facts.update(json.loads(each[0]["facts"]).keys())
    codes.update(each["code"] for each in events)
    _write(_path(directory, index, "parquet"), events, index << 32)
    write_rejections(_path(directory, index, "rejected"), rejected)
    tally = {"cases": count, "events": dict(codes), "facts": dict(facts), "rejected": len(rejected)}
    replace_text(_path(directory, index, "json"), json.dumps(tally))


def _range(index: int, parts: int) -> dict[str, int]:
    """Return the numbers of the cases in a part: they lie evenly over -2^62 to -1."""
    low, whole = -(1 << BITS), 1 << BITS
    return {"low": low + whole * index // parts, "high": low + whole * (index + 1) // parts}


def _fetched(found: Any) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(AT_ONCE):
        yield from rows


def _write(path: Path, events: Sequence[Event], after: int) -> None:
    """Write the events as Parquet. after: their ids count from here."""
    if not events:
        return
    columns = {name: np.array([each.get(name) for each in events], dtype=object) for name in COLUMNS if name != "id"}
    columns["case_id"] = np.array([each["case_id"] for each in events], dtype=np.int64)
    columns["id"] = np.arange(after + 1, after + 1 + len(events), dtype=np.int64)
    columns["instant"] = np.array([each["instant"] for each in events], dtype="datetime64[us]")
    columns["due"] = np.array([each.get("due") for each in events], dtype="datetime64[us]")
    casts = ", ".join(
        f"string_split({name}::VARCHAR, '{PARTS}') AS {name}" if kind == "VARCHAR[]" else f"{name}::{kind} AS {name}"
        for name, kind in COLUMNS.items()
    )
    with connection() as own:
        own.execute("SET pandas_analyze_sample = 0")  # no guess from a sample: a rare value must not surprise
        own.register("columns_of_events", columns)
        write(own, f"(SELECT {casts} FROM columns_of_events)", path)


def _path(directory: Path, part: int, ending: str) -> Path:
    return directory / FOLDER / f"{part:06}.{ending}"
