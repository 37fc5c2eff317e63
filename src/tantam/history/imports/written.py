"""The second half of an import: cases become events, a finished file of them after the other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from tantam.history.events import COLUMNS
from tantam.history.imports.cases import Case, Event, Head, Reject
from tantam.history.imports.cells import PARTS
from tantam.history.imports.form import Mapping
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


class Made(Protocol):
    """Whatever makes cases of the sorted rows of a log. reject: who is told of rows that cannot stand."""

    form: Mapping
    reject: Reject

    def cases(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[Case]:
        """Yield each case of which a row can stand."""
        ...


def write_events(directory: Path, source: tuple[Path, int], cases: Made, told: Told) -> list[Tally]:
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


def _write_part(directory: Path, rows: Path, part: tuple[int, int], cases: Made) -> None:
    rejected: list[Rejection] = []
    cases.reject = rejected.append
    index, parts = part
    with connection() as own:
        found = own.execute(
            f"SELECT * FROM read_parquet({quoted(rows)}) WHERE case_id >= $low AND case_id < $high",
            _range(index, parts),
        )
        made = list(cases.cases(_fetched(found)))
    if made:
        _write(_path(directory, index, "parquet"), cases.form.source, made, index << 32)
    write_rejections(_path(directory, index, "rejected"), rejected)
    codes = Counter(event.code for case in made for event in case.events)
    facts = Counter(term for case in made for term in case.known)
    tally = {"cases": codes["opened"], "events": dict(codes), "facts": dict(facts), "rejected": len(rejected)}
    replace_text(_path(directory, index, "json"), json.dumps(tally))


def _range(index: int, parts: int) -> dict[str, int]:
    """Return the numbers of the cases in a part: they lie evenly over -2^62 to -1."""
    low, whole = -(1 << BITS), 1 << BITS
    return {"low": low + whole * index // parts, "high": low + whole * (index + 1) // parts}


def _fetched(found: Any) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(AT_ONCE):
        yield from rows


def _write(path: Path, source: str, cases: Sequence[Case], after: int) -> None:
    """Write the events of these cases as Parquet. after: their ids count from here."""
    events = [event for case in cases for event in case.events]
    firsts = accumulate((len(case.events) for case in cases), initial=after + 1)
    told = _arrays(Event._fields, events) | {
        "id": np.arange(after + 1, after + 1 + len(events), dtype=np.int64),
        "case_id": np.repeat([case.case_id for case in cases], [len(case.events) for case in cases]),
    }
    heads = _arrays(Head._fields, [case.head for case in cases]) | {
        "opened": np.array(list(firsts)[:-1], dtype=np.int64)
    }
    with connection() as own:
        own.execute("SET pandas_analyze_sample = 0")  # no guess from a sample: a rare value must not surprise
        own.register("told", told)
        own.register("heads", heads)
        own.execute(f"SET VARIABLE source = '{source}'")
        write(own, f"(SELECT {_columns()} FROM told LEFT JOIN heads ON id = opened)", path)


def _arrays(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return the rows as one array a column."""
    columns = zip(*rows, strict=True)
    return {
        name: np.fromiter(values, dtype=object, count=len(values)) for name, values in zip(names, columns, strict=True)
    }


def _columns() -> str:
    """Return what DuckDB selects: every column of an event, NULL for those that no log knows."""
    filled = {*Event._fields, *Head._fields, "id", "case_id"}
    casts = {name: f"{name if name in filled else 'NULL'}::{kind}" for name, kind in COLUMNS.items()}
    casts |= {
        "source": "getvariable('source')",
        "clause": "''",
        "groups": f"CASE WHEN groups = '' THEN [] ELSE string_split(groups::VARCHAR, '{PARTS}') END",
    }
    return ", ".join(f"{cast} AS {name}" for name, cast in casts.items())


def _path(directory: Path, part: int, ending: str) -> Path:
    return directory / FOLDER / f"{part:06}.{ending}"
