"""One document laid over another: what it says counts, what it leaves out stays, `~` removes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tantam.plan.errors import Finding, Place
from tantam.plan.files.nodes import Entry, Mapping, Node, Scalar
from tantam.plan.files.rows import Line, Rows, rows_of, written
from tantam.plan.files.sources import trouble
from tantam.plan.nearest import listed, nearest
from tantam.plan.weekdays import weekdays

OTHERWISE = "otherwise"


def overlaid(base: Mapping, over: Mapping) -> Mapping:
    """Return `base` with what `over` says instead or besides; every node keeps the place where it was written.

    Mappings are laid over each other key by key, tables with the same head row by row; everything else is replaced.
    A key with `~`, or a row whose only answer is `~`, leaves. Weekdays go by the day, however each names them.
    """
    entries = {each.key: each for each in _yielded(base.entries, over)}
    for each in over.entries:
        known = entries.get(each.key)
        if known is None:
            entries[each.key] = each
        elif _removes(each.value):
            del entries[each.key]
        else:
            value = _laid(known.value, each.value)
            entries[each.key] = each if value is each.value else replace(known, value=value)
    return replace(base, entries=tuple(entries.values()))


def misplaced(base: Mapping, over: Mapping) -> Iterator[Finding]:
    """Yield what of `over` cannot be meant: it removes what is not there, or says nothing."""
    names = [each.key for each in base.entries]
    for each in over.entries:
        known = base.get(each.key)
        match known, each.value:
            case _, Scalar(null=True, text="") if known is not None:
                yield _found("F30", each.key_place, key=each.key)
            case None, Scalar(null=True):
                yield _absent(each.key_place, each.key, names)
            case Mapping(), Mapping():
                yield from misplaced(known, each.value)
            case Scalar(), Scalar():
                yield from _misplaced_rows(known, each.value)


def _yielded(below: Iterable[Entry], over: Mapping) -> Iterator[Entry]:
    """Yield the entries of `below` without the weekdays that `over` names by another key; what is left of one stays.

    A key that both have stays as it is: it is laid over by its name."""
    taken = {day for each in over.entries for day in weekdays(each.key)}
    for entry in below:
        days = weekdays(entry.key) if taken and over.entry(entry.key) is None else ()
        left = [day for day in days if day not in taken]
        if len(left) == len(days):
            yield entry
        elif left:
            yield replace(entry, key=",".join(left))


def _removes(value: Node) -> bool:
    return isinstance(value, Scalar) and value.null and value.text != ""


def _laid(base: Node, over: Node) -> Node:
    match base, over:
        case Mapping(), Mapping():
            return overlaid(base, over)
        case Scalar(), Scalar():
            tables = _tables(base, over)
            return written(base, _merged(*tables)) if tables else over
        case _:
            return over


def _tables(base: Scalar, over: Scalar) -> tuple[Rows, Rows] | None:
    """Return both tables, if both are some with the same columns."""
    below, above = rows_of(base), rows_of(over)
    if below is None or above is None or (below.columns, below.wide) != (above.columns, above.wide):
        return None
    return below, above


def _merged(below: Rows, above: Rows) -> list[Line]:
    """Return the lines of `below` with the rows of `above` in the place of those of the same name.

    A new row stands behind the row written before it; the first ones before the row written after them; where there
    is neither, at the end, before `otherwise`.
    """
    lines = list(below.lines)
    rows = [each for each in above.lines if each.name]
    behind: int | None = None
    waiting: list[Line] = []
    for row in rows:
        at = next((at for at, each in enumerate(lines) if each.name == row.name), None)
        if at is None and behind is None:
            waiting.append(row)
        elif at is None and behind is not None:
            behind += 1
            lines.insert(behind, row)
        elif at is not None:
            kept = [] if row.removes(below.wide) else [row]
            lines[at : at + 1] = [*waiting, *kept]
            behind, waiting = at + len(waiting) + len(kept) - 1, []
    if waiting:
        end = next((at for at, each in enumerate(lines) if each.name == OTHERWISE), len(lines))
        lines[end:end] = waiting
    return lines


def _misplaced_rows(base: Scalar, over: Scalar) -> Iterator[Finding]:
    tables = _tables(base, over)
    if tables is None:
        return
    below, above = tables
    for row in above.lines:
        if row.name and row.removes(above.wide) and below.find(row.name) is None:
            yield _absent(row.place, row.name, below.names())


def _absent(place: Place, key: str, names: list[str]) -> Finding:
    near = nearest(key, names)
    return _found("F28" if near else "F29", place, key=key, nearest=near, allowed=listed(names))


def _found(code: str, place: Place, **args: object) -> Finding:
    return trouble(code, place.file, place.line, place.column, **args)
