"""The files of a model: the one asked, and those that it imports, each read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tantam.plan.dmn.elements import SPACE, Element, read_xml
from tantam.plan.dmn.feel.types import Defined, Type
from tantam.plan.dmn.item_types import read_types
from tantam.plan.dmn.reading import Reading

MOST_FILES = 50

# (namespace, location as written) -> (content, name of the file), None where there is none.
Finder: TypeAlias = Callable[[str, str], tuple[bytes, str] | None]


@dataclass(frozen=True, slots=True)
class File:
    """One file. areas: what it calls the models it imports, by their namespaces."""

    root: Element
    space: str
    reading: Reading
    areas: dict[str, str]

    def key(self, href: str) -> str:
        """Return the id under which the model keeps what a reference of this file names."""
        space, _, name = href.rpartition("#")
        return f"{space}#{name}" if space and space != self.root.get("namespace") else self.reading.space + name


@dataclass(slots=True)
class Files:
    """Reads files as they are imported. types: of all files, by the names they have for the one asked."""

    find: Finder
    types: dict[str, Type] = field(default_factory=dict)
    read: list[File] = field(default_factory=list)

    def all(self, content: bytes, name: str) -> list[File]:
        """Return the file and all it imports, itself first. Raises PlanUnreadable if it cannot be read itself."""
        first = self._file(read_xml(content, name), Reading())
        self.read.append(first)
        for each in self.read:  # which grows
            self._imported(each)
        for each in reversed(self.read):
            self._types(each)
        return self.read

    def _file(self, root: Element, reading: Reading) -> File:
        areas = {}
        for each in root.all("import"):
            if SPACE.fullmatch(each.get("importType")) or not each.get("importType"):
                areas[each.get("namespace")] = " ".join(each.get("name").split())
        reading.areas = {area: f"{space}#" for space, area in areas.items() if area}
        return File(root, root.get("namespace"), reading, areas)

    def _imported(self, file: File) -> None:
        for each in file.root.all("import"):
            space = each.get("namespace")
            if any(known.space == space for known in self.read):
                continue
            found = self.find(space, each.get("locationURI")) if space in file.areas else None
            if found is None or len(self.read) >= MOST_FILES:
                file.reading.doubt("D17", each, got=space or "–")
                continue
            shared = file.reading
            reading = Reading(members=shared.members, doubts=shared.doubts, space=f"{space}#")
            self.read.append(self._file(read_xml(*found), reading))

    def _types(self, file: File) -> None:
        """Keep the file's types; the one asked may also name those it imports by area, or by prefix."""
        for name, kind in read_types(file.root, file.reading).items():
            self.types[file.reading.space + name] = kind
        if file.reading.space:
            return
        for space, area in file.areas.items():
            for name in [each for each in self.types if each.startswith(f"{space}#")]:
                bare = name.removeprefix(f"{space}#")
                if area:
                    self.types[f"{area}.{bare}"] = Defined(name)
                self.types.setdefault(bare, Defined(name))


def nothing_found(space: str, location: str) -> None:
    """Find no imported file."""
