"""Nodes as plain lists for JSON, and back: a frozen plan is read again without YAML, with every place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tantam.plan.errors import Place
from tantam.plan.files.nodes import Entry, Items, Mapping, Node, Scalar

# [file, line, column, sort, what]; the file is a position in the list of names. The sort is one of these, or the
# style of a block; what is a text, a list of nodes, or for a mapping the key's [file, line, column, key, node]. Of a
# table from several files the places of its lines follow.
PLAIN, QUOTED, NULL, MAPPING, ITEMS = "", '"', "~", "{", "["


def packed(node: Node, files: Sequence[str]) -> list[Any]:
    """Return the node as lists, texts and numbers."""
    head = _place(node.place, files)
    match node:
        case Scalar():
            lines = [[_place(each, files) for each in node.lines]] if node.lines else []
            return [*head, NULL if node.null else QUOTED if node.quoted else node.block or PLAIN, node.text, *lines]
        case Items():
            return [*head, ITEMS, [packed(each, files) for each in node.nodes]]
        case Mapping():
            entries = [[*_place(each.key_place, files), each.key, packed(each.value, files)] for each in node.entries]
            return [*head, MAPPING, entries]


def unpacked(written: list[Any], files: Sequence[str]) -> Node:
    """Return the node again. Raises ValueError, TypeError or IndexError for lists that `packed` did not write."""
    file, line, column, sort, what, *more = written
    place = Place(files[file], line, column)
    match sort:
        case "{":
            return Mapping(
                place,
                tuple(
                    Entry(key, Place(files[at], line, column), unpacked(value, files))
                    for at, line, column, key, value in what
                ),
            )
        case "[":
            return Items(place, tuple(unpacked(each, files) for each in what))
        case _:
            block = sort if sort in ("|", ">") else ""
            lines = tuple(Place(files[at], line, column) for at, line, column in (more[0] if more else ()))
            return Scalar(place, what, null=sort == NULL, quoted=sort == QUOTED, block=block, lines=lines)


def _place(place: Place, files: Sequence[str]) -> list[int]:
    return [files.index(place.file) if place.file in files else 0, place.line, place.column]
