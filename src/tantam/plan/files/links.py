"""What a file says of others: `include` names files that belong to it, `overlay` the plan that it is laid over."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from tantam.plan.errors import Finding, Place
from tantam.plan.files.nodes import Items, Mapping, Node, Scalar
from tantam.plan.files.sources import trouble
from tantam.plan.words import Key

INCLUDE, OVERLAY = "include", "overlay"
MENTIONS = re.compile(rf"^[ {{\"']*({INCLUDE}|{OVERLAY})[\"']?\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """One path as it is written; `target` seen from where the file's own name is seen."""

    written: str
    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Links:
    """The files that a file names, and what is wrong with how it does."""

    includes: tuple[Link, ...] = ()
    overlay: Link | None = None
    findings: tuple[Finding, ...] = ()


def links_of(root: Mapping) -> Links:
    """Return what the file whose root this is says of others."""
    findings: list[Finding] = []
    includes = _links(root, INCLUDE, findings)
    overlays = _links(root, OVERLAY, findings)
    if len(overlays) > 1:
        findings.append(_shape(overlays[1].place, OVERLAY))
    return Links(includes, overlays[0] if overlays else None, tuple(findings))


def unlinked(root: Mapping) -> Mapping:
    """Return the root without what it says of other files."""
    return replace(root, entries=tuple(each for each in root.entries if each.key not in (INCLUDE, OVERLAY)))


def normal(name: str) -> str:
    """Return a file's name in the one way that names compare: without `.` and, where it can be, without `..`."""
    return os.path.normpath(name)


def _links(root: Mapping, key: str, findings: list[Finding]) -> tuple[Link, ...]:
    entry = root.entry(key)
    if entry is None:
        return ()
    found = []
    for node in _listed(entry.value):
        if isinstance(node, Scalar) and not node.null and node.text.strip():
            written = node.text.strip()
            target = normal(str(PurePath(node.place.file).parent / written))
            found.append(Link(written, target, node.place))
        else:
            findings.append(_shape(node.place, key))
    return tuple(found)


def _listed(value: Node) -> Iterator[Node]:
    if isinstance(value, Items):
        yield from value.nodes
    else:
        yield value


def _shape(place: Place, key: str) -> Finding:
    allowed = Key("A_path" if key == OVERLAY else "A_paths")
    return trouble("F26", place.file, place.line, place.column, key=key, allowed=allowed)
