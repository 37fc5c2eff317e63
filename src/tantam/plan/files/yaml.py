"""YAML text to nodes with places. Scalars stay text, so `no`, `08:00` and `500_000` mean what was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from tantam.plan.errors import Finding, Place
from tantam.plan.files.events import NoYaml, events, hidden
from tantam.plan.files.nodes import Entry, Items, Mapping, Node, Scalar
from tantam.plan.files.sources import LARGEST, Source, too_large, trouble
from tantam.plan.words import Key

MOST_NODES = 200_000
NULLS = ("", "~", "null", "Null", "NULL")
STANDARD_TAGS = "tag:yaml.org,2002:"
PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")


def parse(source: Source) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the document's root and what is wrong with it; the root is None where YAML cannot be read at all."""
    reader = _Reader(source, events(source), source.text.split("\n"))
    try:
        first = next(reader.events, None)
        if first is None:
            return None, (trouble("F05", source.name),)
        root = reader.node(first, 0)
        for _ in reader.events:  # a second document is told at its end
            pass
    except NoYaml as problem:
        return None, (problem.finding,)
    except _TooLarge as bound:
        return None, (too_large(source.name, bound.most, bound.unit),)
    return root, (*reader.findings, *hidden(source))


class _TooLarge(Exception):
    """The text, or what its aliases unfold to, has more nodes than a plan can have, or more letters than a file."""

    def __init__(self, most: int, unit: str) -> None:
        self.most, self.unit = most, unit
        super().__init__(most, unit)


@dataclass
class _Reader:
    """Turns the parser's events into nodes, collecting findings on the way.

    anchors: what each names, and how many nodes and letters that is; the place alone while it is still open.
    """

    source: Source
    events: Iterator[Any]
    lines: list[str]
    findings: list[Finding] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int, int] | Place] = field(default_factory=dict)
    count: int = 0
    letters: int = 0

    def node(self, event: Any, depth: int) -> Node:
        """Return the node that begins with `event`; depth: how many are around it."""
        self._counted(1)
        place = self._place(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor, place)
        self._check_tag(event.tag, place)
        if event.anchor:
            self.anchors[event.anchor] = place
        before, letters = self.count, self.letters
        match event:
            case yaml.ScalarEvent():
                node: Node = self._scalar(event, place)
            case yaml.SequenceStartEvent():
                node = Items(place, tuple(self.node(each, depth + 1) for each in self._inside(yaml.SequenceEndEvent)))
            case _:
                node = self._mapping(place, depth)
        if event.anchor:
            self.anchors[event.anchor] = node, self.count - before + 1, self.letters - letters
        return node

    def _inside(self, end: type) -> Iterator[Any]:
        """Yield what begins, up to the end of the collection that is open."""
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def _alias(self, name: str, place: Place) -> Node:
        match self.anchors.get(name):
            case None:
                problem = Key("YAML_alias")
                raise NoYaml(trouble("F06", place.file, place.line, place.column, problem=problem, got=name))
            case Place() as around:
                self._found("F13", around)
                return Scalar(around, "", null=True)
            case node, nodes, letters:
                self._counted(nodes, letters)
                return node

    def _mapping(self, place: Place, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        for event in self._inside(yaml.MappingEndEvent):
            key_place = self._place(event.start_mark)
            key = self.node(event, depth + 1)
            node = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar) or isinstance(event, yaml.AliasEvent):
                self._found("F09", key_place)
            elif key.text == "<<" and not key.quoted:
                merged = self._merged(node, key_place) | merged
            elif first := entries.get(key.text):
                self._found("F07", key_place, key=key.text, line=first.key_place.line)
                if depth == 0:
                    entries[key.text] = _both(first, node)
            else:
                entries[key.text] = Entry(key.text, key_place, node)
        return Mapping(place, tuple((merged | entries).values()))

    def _merged(self, node: Node, place: Place) -> dict[str, Entry]:
        parts = node.nodes if isinstance(node, Items) else (node,)
        entries: dict[str, Entry] = {}
        for part in reversed(parts):
            if isinstance(part, Mapping):
                entries |= {each.key: each for each in part.entries}
            else:
                self._found("F10", place)
        return entries

    def _scalar(self, event: Any, place: Place) -> Scalar:
        style = event.style or ""
        text = self._encodable(str(event.value), place)
        self._counted(0, len(text))
        if style in ("|", ">"):
            return Scalar(self._first_line(event.start_mark.line, text, place), text, block=style)
        quoted = style in ("'", '"')
        return Scalar(place, text, null=not quoted and text in NULLS, quoted=quoted)

    def _encodable(self, text: str, place: Place) -> str:
        """An escape such as \"\\ud800\" writes half a character, which no file can hold."""
        half = next((each for each in text if "\ud800" <= each <= "\udfff"), None)
        if half is None:
            return text
        self._found("F11", place, character=f"U+{ord(half):04X}")
        return text.encode("utf-8", "replace").decode()

    def _first_line(self, mark: int, text: str, place: Place) -> Place:
        """The block's own first line stands below the mark; its column is what the indent leaves."""
        for offset, line in enumerate(text.split("\n")):
            if line.strip() and mark + 1 + offset < len(self.lines):
                written = self.lines[mark + 1 + offset]
                return Place(place.file, mark + 2, max(0, written.find(line)) + 1)
        return Place(place.file, mark + 2, 1)

    def _check_tag(self, tag: str | None, place: Place) -> None:
        if tag and not (tag.startswith(STANDARD_TAGS) and tag.removeprefix(STANDARD_TAGS) in PLAIN_TAGS):
            self._found("F12", place, tag=tag.replace(STANDARD_TAGS, "!!"))

    def _counted(self, nodes: int, letters: int = 0) -> None:
        self.count += nodes
        self.letters += letters
        if self.count > MOST_NODES:
            raise _TooLarge(MOST_NODES, "A_values")
        if self.letters > LARGEST:
            raise _TooLarge(LARGEST, "A_bytes")

    def _place(self, mark: Any) -> Place:
        return Place(self.source.name, mark.line + 1, mark.column + 1)

    def _found(self, code: str, place: Place, **args: object) -> None:
        self.findings.append(trouble(code, place.file, place.line, place.column, **args))


def _both(first: Entry, again: Node) -> Entry:
    """Return a section with what its repetition adds, so that the names there are known."""
    if not (isinstance(first.value, Mapping) and isinstance(again, Mapping)):
        return first
    more = tuple(each for each in again.entries if first.value.entry(each.key) is None)
    return Entry(first.key, first.key_place, Mapping(first.value.place, first.value.entries + more))
