"""Looks at a file before anybody says anything: how it is written, whose it is, what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping as Texts
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tantam.desk.imports.meaning.built_in import fields_of, known_by, likely_rows, spoken
from tantam.desk.imports.meaning.days import Order, order_of
from tantam.desk.imports.meaning.form import DAYS, Given, Mapping
from tantam.desk.imports.reading.opening import opened
from tantam.desk.imports.reading.table import How, Line
from tantam.folding import folded

SAMPLE = 2_000  # rows that are looked at
OTHER = "file"  # the source of a file that nobody named


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file shows. form: the built-in mapping, "" for none. lines: its first rows."""

    how: How
    columns: tuple[str, ...]
    form: str
    rows: str
    lines: tuple[Line, ...]


def look(path: Path, how: How) -> Looked:
    """Return what the first rows of a file show. Raises Unreadable."""
    with opened(path, how) as table:
        lines = tuple(islice(table.lines, SAMPLE))
    known = known_by(table.columns)
    rows = known.rows if known else likely_rows(table.columns)
    return Looked(how, table.columns, known.name if known else "", rows, lines)


def suggested(looked: Looked, rows: str, source: str) -> Mapping:
    """Return the mapping that fits what is seen. rows: of form.FIELDS; source: "" for one by the file."""
    known = known_by(looked.columns) if rows == looked.rows else None
    columns = fields_of(known, looked.columns) if known else spoken(rows, looked.columns)
    found: dict[str, Any] = {name: {"column": list(named)} for name, named in columns.items()}
    if known:
        found |= {name: {"constant": value} for name, value in known.constants.items()}
    dates = known.dates if known else ""
    given = {"rows": rows, "source": source or (known.name if known else OTHER)}
    return Mapping.model_validate(
        {
            **given,
            "fields": found or {"note": {"column": list(looked.columns[:1])}},
            "formats": {"dates": dates or dates_of(looked, found)[0]},
        }
    )


def dates_of(looked: Looked, fields: Texts[str, Any]) -> tuple[Order, bool]:
    """Return in which order the days of these fields stand, and whether somebody must be asked."""
    at = {name: place for place, name in reversed(list(enumerate(looked.columns)))}
    named = [fields[name] for name in DAYS if name in fields]
    columns = [each for given in named for each in _columns(given)]
    places = [at[each] for each in columns if each in at]
    good = [line for line in looked.lines if not line.broken]
    return order_of(line.cells[place] for line in good for place in places)


def lacking(mapping: Mapping, columns: Sequence[str]) -> list[str]:
    """Return the columns that a mapping names and the file does not have."""
    named = [each for given in mapping.fields.values() for each in given.column]
    return [each for each in dict.fromkeys(named) if each not in columns]


def source_of(name: str) -> str:
    """Return a source's name out of a file's: `Khách hàng 2025.xlsx` is khach-hang-2025."""
    kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in folded(Path(name).stem))
    parts = "-".join(part for part in kept.split("-") if part)
    return parts[:40].strip("-") if parts[:1].isalpha() else OTHER


def _columns(given: Given | dict[str, Any]) -> Sequence[str]:
    return given.column if isinstance(given, Given) else given.get("column", ())
