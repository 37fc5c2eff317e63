"""What stands in a YAML file, with the place of every key and every scalar. It knows nothing of plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tantam.plan.errors import Place

FEW = 8  # keys that are looked through sooner than an index is made


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written.

    text: as YAML reads it, but never turned into a number or a truth value. null: written as nothing, `~` or
    `null` without quotes. quoted: in quotes. block: `|` or `>` for a block of lines, else "".
    place: of its first character; of a block, of the first character of its first line of text. lines: of a table
    whose rows come from several files, where each of its lines begins; else empty, for they follow each other.
    """

    place: Place
    text: str
    null: bool = False
    quoted: bool = False
    block: str = ""
    lines: tuple[Place, ...] = ()

    def plain(self) -> str | None:
        """Return the text, or None for null."""
        return None if self.null else self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: str
    key_place: Place
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; no key twice."""

    place: Place
    entries: tuple[Entry, ...]
    _index: dict[str, Entry] = field(default_factory=dict, init=False, repr=False, compare=False)

    def get(self, key: str) -> Node | None:
        """Return the value at `key`, or None."""
        entry = self.entry(key)
        return entry.value if entry else None

    def entry(self, key: str) -> Entry | None:
        """Return the entry at `key`, or None."""
        if len(self.entries) <= FEW:
            return next((each for each in self.entries if each.key == key), None)
        if not self._index:
            self._index.update({each.key: each for each in self.entries})
        return self._index.get(key)

    def plain(self) -> dict[str, object]:
        """Return the mapping as a dict of plain values."""
        return {each.key: each.value.plain() for each in self.entries}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    nodes: tuple[Node, ...]

    def plain(self) -> list[object]:
        """Return the list's plain values."""
        return [each.plain() for each in self.nodes]


Node = Scalar | Mapping | Items
Path = Sequence[str | int]


def at(root: Node, path: Path) -> Node | None:
    """Return the node at `path` (keys and list positions), or None."""
    node: Node | None = root
    for step in path:
        node = _child(node, step)
        if node is None:
            return None
    return node


def place_of(root: Node, path: Path) -> Place:
    """Return the place of the value at `path`; of the deepest part of the path that is there, if it is not."""
    node, place = root, root.place
    for step in path:
        child = _child(node, step)
        if child is None:
            return place
        node, place = child, child.place
    return place


def key_place_of(root: Node, path: Path) -> Place:
    """Return the place of the key that ends `path`; of the nearest thing above, if it is not there."""
    parent = at(root, list(path)[:-1])
    if isinstance(parent, Mapping) and (entry := parent.entry(str(path[-1]))):
        return entry.key_place
    return place_of(root, path)


def walk(root: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Yield every node with its path, parents first."""
    yield path, root
    match root:
        case Mapping():
            for entry in root.entries:
                yield from walk(entry.value, (*path, entry.key))
        case Items():
            for position, node in enumerate(root.nodes):
                yield from walk(node, (*path, position))


def _child(node: Node | None, step: str | int) -> Node | None:
    match node:
        case Mapping():
            return node.get(str(step))
        case Items() if str(step).isdecimal() and int(step) < len(node.nodes):
            return node.nodes[int(step)]
        case _:
            return None
