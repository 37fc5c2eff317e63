"""Nodes made fit to be read further: a refused value leaves, a missing one gets a stand-in, a misspelt key its name."""

from __future__ import annotations

from dataclasses import replace

from tantam.plan.files import Entry, Items, Mapping, Node, Scalar, at

Path = tuple[str | int, ...]
NOTHING = "-"


def without(root: Mapping, path: Path) -> Mapping:
    """Return the document without the value at `path`; a list keeps a stand-in, for its other positions to stay."""
    parent, last = at(root, path[:-1]), str(path[-1])
    match parent:
        case Mapping(entries=entries):
            return _put(root, path[:-1], replace(parent, entries=tuple(each for each in entries if each.key != last)))
        case Items(nodes=nodes) if last.isdecimal() and int(last) < len(nodes):
            return _put(root, path, Scalar(nodes[int(last)].place, NOTHING))
        case _:
            return root


def emptied(root: Mapping, path: Path, kind: type[Mapping] | type[Items]) -> Mapping:
    """Return the document with an empty mapping or list at `path`, so that what bears the name there is known."""
    node = at(root, path)
    return root if node is None else _put(root, path, kind(node.place, ()))


def renamed(root: Mapping, path: Path, name: str) -> Mapping:
    """Return the document with the key that ends `path` read as `name`."""
    parent = at(root, path[:-1])
    if not isinstance(parent, Mapping):
        return root
    entries = tuple(replace(each, key=name) if each.key == str(path[-1]) else each for each in parent.entries)
    return _put(root, path[:-1], replace(parent, entries=entries))


def completed(root: Mapping, path: Path, text: str | None) -> Mapping:
    """Return the document with `text` at `path`, which is not there or wrong; with an empty mapping for None."""
    parent = at(root, path[:-1])
    if not isinstance(parent, Mapping):
        return root
    value: Node = Mapping(parent.place, ()) if text is None else Scalar(parent.place, text)
    others = tuple(each for each in parent.entries if each.key != str(path[-1]))
    entry = parent.entry(str(path[-1]))
    place = entry.key_place if entry else parent.place
    return _put(root, path[:-1], replace(parent, entries=(*others, Entry(str(path[-1]), place, value))))


def _put(root: Mapping, path: Path, value: Node) -> Mapping:
    if not path:
        return value if isinstance(value, Mapping) else root
    parent, last = at(root, path[:-1]), str(path[-1])
    match parent:
        case Mapping(entries=entries):
            changed = tuple(replace(each, value=value) if each.key == last else each for each in entries)
            return _put(root, path[:-1], replace(parent, entries=changed))
        case Items(nodes=nodes):
            nodes = tuple(value if position == int(last) else each for position, each in enumerate(nodes))
            return _put(root, path[:-1], replace(parent, nodes=nodes))
        case _:
            return root
