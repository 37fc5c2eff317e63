"""YAML text to nodes with places. Scalars stay text, so `no`, `08:00` and `500_000` mean what was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from tantam.plan.errors import Finding, Place
from tantam.plan.files.nodes import Entry, Items, Mapping, Node, Scalar
from tantam.plan.files.sources import Source, trouble

MOST_NODES = 200_000
NULLS = ("", "~", "null", "Null", "NULL")
STANDARD_TAGS = "tag:yaml.org,2002:"
PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")


def parse(source: Source) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the document's root and what is wrong with it; the root is None where YAML cannot be read at all."""
    composed = _composed(source)
    if isinstance(composed, Finding):
        return None, (composed,)
    reader = _Reader(source)
    try:
        return reader.node(composed, ()), tuple(reader.findings)
    except _TooLarge:
        return None, (trouble("F14", source.name, most=MOST_NODES),)
    except RecursionError:
        return None, (trouble("F06", source.name, problem="nested too deeply"),)


def _composed(source: Source) -> Any:
    """Return ruamel's root node, or the finding that says why there is none."""
    try:
        root = YAML(typ="safe", pure=True).compose(source.text)
    except MarkedYAMLError as problem:
        return _syntax(source, problem)
    except YAMLError as problem:
        return _character(source, problem)
    except RecursionError:
        return trouble("F06", source.name, problem="nested too deeply")
    except (NotImplementedError, ValueError, AssertionError, TypeError, AttributeError, LookupError) as problem:
        # ruamel lets these through for some malformed directives, escapes and comments
        return trouble("F06", source.name, problem=type(problem).__name__)
    return trouble("F05", source.name) if root is None else root


class _TooLarge(Exception):
    """Aliases unfold to more nodes than a plan can have."""


@dataclass
class _Reader:
    """Turns ruamel's nodes into ours, collecting findings on the way."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def node(self, raw: Any, above: tuple[int, ...]) -> Node:
        self.count += 1
        if self.count > MOST_NODES:
            raise _TooLarge
        place = self._place(raw.start_mark)
        if id(raw) in above:
            self._found("F13", place)
            return Scalar(place, "", null=True)
        self._check_tag(raw, place)
        match raw.id:
            case "mapping":
                return self._mapping(raw, place, (*above, id(raw)))
            case "sequence":
                return Items(place, tuple(self.node(each, (*above, id(raw))) for each in raw.value))
            case _:
                return self._scalar(raw, place)

    def _mapping(self, raw: Any, place: Place, above: tuple[int, ...]) -> Mapping:
        entries: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        for key, value in raw.value:
            key_place = self._place(key.start_mark)
            if key.id != "scalar":
                self._found("F09", key_place)
                continue
            node = self.node(value, above)
            name = self._encodable(key.value, key_place)
            if name == "<<" and not key.style:
                merged = self._merged(node, key_place) | merged
            elif first := entries.get(name):
                self._found("F07", key_place, key=name, line=first.key_place.line)
                if len(above) == 1:
                    entries[name] = _both(first, node)
            else:
                entries[name] = Entry(name, key_place, node)
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

    def _scalar(self, raw: Any, place: Place) -> Scalar:
        style = raw.style or ""
        text = self._encodable(str(raw.value), place)
        if style in ("|", ">"):
            return Scalar(self._first_line(raw.start_mark.line, text, place), text, block=style)
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
        lines = self.source.text.split("\n")
        for offset, line in enumerate(text.split("\n")):
            if line.strip() and mark + 1 + offset < len(lines):
                written = lines[mark + 1 + offset]
                return Place(place.file, mark + 2, max(0, written.find(line)) + 1)
        return Place(place.file, mark + 2, 1)

    def _check_tag(self, raw: Any, place: Place) -> None:
        tag = str(raw.tag or "")
        if not (tag.startswith(STANDARD_TAGS) and tag.removeprefix(STANDARD_TAGS) in PLAIN_TAGS):
            self._found("F12", place, tag=tag.replace(STANDARD_TAGS, "!!"))

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


def _syntax(source: Source, problem: MarkedYAMLError) -> Finding:
    mark = problem.problem_mark or problem.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    words = str(problem.problem or problem.context or "?")
    if "'\\t'" in words or _tab_indents(source.text, line):
        return trouble("F08", source.name, line, column)
    return trouble("F06", source.name, line, column, problem=words)


def _tab_indents(text: str, line: int) -> bool:
    lines = text.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    return "\t" in written[: len(written) - len(written.lstrip())]


def _character(source: Source, problem: YAMLError) -> Finding:
    position = getattr(problem, "position", 0) or 0
    character = getattr(problem, "character", "?")
    code = character if isinstance(character, int) else ord(character) if len(str(character)) == 1 else None
    before = source.text[: position if isinstance(position, int) else 0]
    line = before.count("\n") + 1
    shown = "?" if code is None else f"U+{code:04X}"
    return trouble("F11", source.name, line, len(before) - (before.rfind("\n") + 1) + 1, character=shown)
