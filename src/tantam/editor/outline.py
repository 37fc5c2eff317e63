"""A file's outline: its sections, their clauses, and the rows of their tables, with where each begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.plan.errors import Place
from tantam.plan.files import Mapping, Node, Scalar, Source, parse

_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the outline. place: of its key. last: the last line of what stands under it, from 1."""

    name: str
    place: Place
    last: int
    below: tuple[Item, ...] = ()


def outline(source: Source) -> tuple[Item, ...]:
    """Return the file's sections; () where nothing of it can be read."""
    root, _ = parse(source)
    return _items(root, 1, source.text.count("\n") + 1) if isinstance(root, Mapping) else ()


def _items(node: Mapping, depth: int, last: int) -> tuple[Item, ...]:
    starts = [each.key_place.line for each in node.entries]
    ends = [max(start, following - 1) for start, following in zip(starts, [*starts[1:], last + 1])]
    return tuple(
        Item(each.key, each.key_place, end, _below(each.value, depth, end))
        for each, end in zip(node.entries, ends, strict=True)
        if each.key
    )


def _below(node: Node, depth: int, last: int) -> tuple[Item, ...]:
    if isinstance(node, Scalar) and node.block == "|" and "=>" in node.text:
        return _rows(node)
    return _items(node, depth + 1, last) if isinstance(node, Mapping) and depth < _DEEPEST else ()


def _rows(table: Scalar) -> tuple[Item, ...]:
    """Return the rows that bear a name: the first cell of a table whose head begins with `row`."""
    lines = table.text.split("\n")
    if lines[0].split("|")[0].strip() != "row":
        return ()
    found = []
    for number, line in enumerate(lines[1:], start=table.place.line + 1):
        if (name := line.split("|")[0].strip()) and not name.startswith("#"):
            found.append(Item(name, Place(table.place.file, number, table.place.column), number))
    return tuple(found)
