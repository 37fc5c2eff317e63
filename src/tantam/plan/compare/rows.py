"""Which rows of the typed tables differ, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tantam.plan.checks.space.shown import shown
from tantam.plan.compare.changes import Change, Edit, Weight, What
from tantam.plan.compare.weights import weight_of
from tantam.plan.tables.form import Hit, Row, Table

RESULT = "=> "  # before the name of a result's column, as in a table's head
UNNAMED = re.compile(r"([0-9a-f]{6}|otherwise|always)(-\d+)?")
ALIKE = 0.5  # share of equal cells from which two rows without names are one row, changed


@dataclass(frozen=True, slots=True)
class Cell:
    """value: what is compared; text: as written."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A row in both plans, None where it is not."""

    old: Row | None
    new: Row | None


def changed_rows(old: Table, new: Table) -> Iterator[tuple[Change, Pair]]:
    """Yield the rows that differ, those of the new table first, and how the table picks a row if that differs."""
    weight = row_weight(new)
    if old.hit is not new.hit:
        yield Change(What.CHANGED, new.name, weight, (Edit("hit", old.hit.value, new.hit.value),)), Pair(None, None)
    for pair in paired(old, new):
        edits = tuple(_edits(old, new, pair))
        row = pair.new or pair.old
        assert row is not None
        renamed = pair.old is not None and pair.new is not None and pair.old.name != pair.new.name
        if not edits and not renamed:
            continue
        was = f"{old.name}#{pair.old.name}" if renamed and pair.old else ""
        what = What.ADDED if pair.old is None else What.REMOVED if pair.new is None else What.CHANGED
        written = renamed and not (UNNAMED.fullmatch(row.name) and UNNAMED.fullmatch(was.partition("#")[2]))
        if not edits and not written:
            continue
        kind = what if edits else What.RENAMED
        yield Change(kind, f"{new.name}#{row.name}", weight, edits, was), pair


def row_weight(table: Table) -> Weight:
    """Return how much a change of the table's rows matters."""
    section, *_, last = table.name.split(".")[0], *table.name.split(".")
    return weight_of(section, [last if section == "terms" else ""])


def swapped(old: Table, new: Table) -> Iterator[tuple[Row, Row]]:
    """Yield pairs of rows (of the new table) that come in another order, where the first that matches counts."""
    if Hit.FIRST not in (old.hit, new.hit):
        return
    places = {row.name: row.index for row in old.rows if not row.otherwise}
    common = [row for row in new.rows if row.name in places and not row.otherwise]
    for number, later in enumerate(common):
        yield from ((each, later) for each in common[:number] if places[each.name] > places[later.name])


def cells(table: Table, row: Row) -> dict[str, Cell]:
    """Return what a row says by column; what may be anything is absent."""
    found = {name: Cell(text, text) for name, text in row.labels.items()}
    for column, cell in zip(table.inputs, row.conditions, strict=False):
        if cell is not None:
            found[column.name] = Cell(shown(cell.expr), _plain(cell.text))
    if row.otherwise:
        found["otherwise"] = Cell("yes", "otherwise")
    return found | {f"{RESULT}{name}": Cell(shown(out.expr), _plain(out.text)) for name, out in row.outputs.items()}


def paired(old: Table, new: Table) -> tuple[Pair, ...]:
    """Return every row with its counterpart: by name, then, of rows without names, by what they say."""
    mine, theirs = {row.name: row for row in old.rows}, {row.name: row for row in new.rows}
    match = {name: mine[name] for name in theirs if name in mine}
    left = [row for row in old.rows if row.name not in match]
    free = [row for row in new.rows if row.name not in match]
    for one, other in _nearest(old, left, new, free):
        match[other.name] = one
    taken = {row.name for row in match.values()}
    return (
        *(Pair(match.get(row.name), row) for row in new.rows),
        *(Pair(row, None) for row in old.rows if row.name not in taken),
    )


def _nearest(old: Table, left: Sequence[Row], new: Table, free: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    likeness = {(one.name, other.name): _likeness(cells(old, one), cells(new, other)) for one in left for other in free}
    pairs = [(one, other) for one in left for other in free if _may_be_one(one, other, likeness[one.name, other.name])]
    pairs.sort(key=lambda each: (-likeness[each[0].name, each[1].name], abs(each[0].index - each[1].index)))
    gone: set[tuple[str, str]] = set()
    for one, other in pairs:
        if ("old", one.name) not in gone and ("new", other.name) not in gone:
            gone |= {("old", one.name), ("new", other.name)}
            yield one, other


def _may_be_one(one: Row, other: Row, likeness: float) -> bool:
    unnamed = UNNAMED.fullmatch(one.name) or UNNAMED.fullmatch(other.name)
    return likeness == 1 or bool(unnamed and likeness >= ALIKE and one.otherwise == other.otherwise)


def _likeness(one: Mapping[str, Cell], other: Mapping[str, Cell]) -> float:
    names = one.keys() | other.keys()
    alike = sum(name in one and name in other and one[name].value == other[name].value for name in names)
    return alike / len(names) if names else 1.0


def _edits(old: Table, new: Table, pair: Pair) -> Iterator[Edit]:
    before = cells(old, pair.old) if pair.old else {}
    after = cells(new, pair.new) if pair.new else {}
    for name in dict.fromkeys((*after, *before)):
        one, other = before.get(name), after.get(name)
        if (one.value if one else None) != (other.value if other else None):
            yield Edit(name, one.text if one else None, other.text if other else None)


def _plain(text: str) -> str:
    return " ".join(text.split())
