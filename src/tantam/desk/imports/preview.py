"""What would become of the first rows of a file, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tantam.desk import plans
from tantam.desk.common.errors import Refused
from tantam.desk.imports import store
from tantam.desk.imports.meaning.form import Mapping
from tantam.desk.imports.meaning.recognising import Looked, dates_of, lacking, look
from tantam.desk.imports.meaning.rows import Rows, example
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import Import
from tantam.desk.imports.reading.table import How, Line
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.taking.portion import foreseen, setting_of

TRIED = 500  # rows that are tried
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One row as it would become. row: of the file; told: only what is told."""

    row: int
    outcome: Outcome
    told: dict[str, Any]
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would become. counts: of the rows that were tried, by code. asks_dates: somebody must say the order.

    lacking: columns that the mapping names and the file does not have: nothing is tried then.
    """

    looked: Looked
    counts: Counter[str]
    rows: list[Foreseen]
    lacking: list[str]
    asks_dates: bool
    tried: int = 0


def preview(path: Path, how: How, mapping: Mapping, *, most: int = TRIED) -> Preview:
    """Return what would become of the first rows. Raises Unreadable, NoPlan."""
    looked = look(path, how)
    missing = lacking(mapping, looked.columns)
    order, asks = dates_of(looked, mapping.fields)
    asks = asks and not mapping.formats.dates and not mapping.formats.instant
    if missing:
        return Preview(looked, Counter(), [], missing, asks)
    if order and not mapping.formats.dates:
        mapping = mapping.model_copy(update={"formats": mapping.formats.model_copy(update={"dates": order})})
    lines = looked.lines[:most]
    reader = Rows(mapping, looked.columns, setting_of(plans.in_force()))
    outcomes = foreseen(Bringer(mapping.source), [_read(reader, each) for each in lines])
    rows = [
        Foreseen(line.number, outcome, example(outcome.told) if outcome.told else {}, line.cells)
        for line, outcome in zip(lines, outcomes, strict=True)
    ]
    return Preview(looked, Counter(each.code for each in outcomes), _told_first(rows), [], asks, len(lines))


def refuse_unclear(found: Preview) -> None:
    """Raise Refused for a file that cannot be taken in as it is read: import_unmapped, import_dates."""
    if found.lacking:
        raise Refused("import_unmapped", names=", ".join(found.lacking))
    if found.asks_dates:
        raise Refused("import_dates")


def previewed(held: Import) -> Preview:
    """Return what the first rows of a file that was kept would become. Raises Unreadable, NoPlan."""
    return preview(store.file_of(held), How(**held.how), Mapping.model_validate(held.mapping))


def _told_first(rows: list[Foreseen]) -> list[Foreseen]:
    """Return the rows that are shown: the first ones, and the first that are not taken."""
    shown = rows[:SHOWN]
    wrong = [each for each in rows[SHOWN:] if each.outcome.wrong][: SHOWN // 2]
    return [*shown, *wrong]


def _read(reader: Rows, line: Line) -> Any:
    try:
        return reader.read(line)
    except Wrong as wrong:
        return wrong
