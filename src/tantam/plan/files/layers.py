"""Which of a plan's files are laid over which: the plan's own on top, then what it is laid over, and so on down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from tantam.plan.errors import Finding
from tantam.plan.files.links import Link, Links, normal
from tantam.plan.files.sources import belongs, trouble
from tantam.plan.nearest import listed, nearest

Linked = Mapping[str, Links]  # by the file's normal name, in the order of the sources


@dataclass(frozen=True, slots=True)
class Layers:
    """names: of the files of each layer, the topmost first. findings: links that lead nowhere, or twice."""

    names: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]


def layers(linked: Linked) -> Layers:
    """Return the layers of the files. A file that is both included above and part of what is below is below."""
    findings = list(_nowhere(linked))
    found: list[tuple[str, ...]] = []
    rest = list(linked)
    while rest:
        top = _topmost(linked, rest)
        findings += _others(top)
        below = _reached(linked, _members(rest, top[0].target)) if top else set()
        own = tuple(each for each in rest if each not in below)
        if not top or not own:
            found.append(tuple(rest))
            break
        found.append(own)
        rest = [each for each in rest if each in below]
    return Layers(tuple(found), tuple(findings))


def uppermost(linked: Linked) -> tuple[tuple[str, ...], ...]:
    """Return, of each folder that no other leads to, its files, and after them all that these lead to."""
    folders: dict[str, list[str]] = {}
    for name in linked:
        folders.setdefault(str(PurePath(name).parent), []).append(name)
    reached = {folder: _reached(linked, own) for folder, own in folders.items()}
    led_to = {
        folder: any(not reached[other].isdisjoint(own) for other in folders if other != folder)
        for folder, own in folders.items()
    }
    return tuple(
        (*own, *(each for each in linked if each in reached[folder] and each not in own))
        for folder, own in folders.items()
        if not led_to[folder]
    )


def _topmost(linked: Linked, rest: Sequence[str]) -> list[Link]:
    """Return the overlays of the files that no other overlay leads to."""
    links = [(name, link) for name in rest if (link := linked[name].overlay)]
    below: set[str] = set()
    for name, link in links:
        reached = _reached(linked, _members(rest, link.target))
        below |= reached if name not in reached else set()
    return [link for name, link in links if name not in below and _members(rest, link.target)]


def _others(links: Sequence[Link]) -> list[Finding]:
    return [
        trouble("F27", each.place.file, each.place.line, each.place.column, first=links[0].written)
        for each in links[1:]
        if each.target != links[0].target
    ]


def _members(names: Iterable[str], target: str) -> list[str]:
    """Return the file of that name, or the files of the folder."""
    return [
        each
        for each in names
        if each == target or (normal(str(PurePath(each).parent)) == target and belongs(PurePath(each).name))
    ]


def _reached(linked: Linked, starts: Iterable[str]) -> set[str]:
    """Return the files, what they include, and what they are laid over."""
    reached: set[str] = set()
    left = list(starts)
    while left:
        name = left.pop()
        if name in reached:
            continue
        reached.add(name)
        links = linked[name]
        left += [each.target for each in links.includes if each.target in linked]
        left += _members(linked, links.overlay.target) if links.overlay else []
    return reached


def _nowhere(linked: Linked) -> Iterable[Finding]:
    for links in linked.values():
        lost = [each for each in links.includes if each.target not in linked]
        lost += [links.overlay] if links.overlay and not _members(linked, links.overlay.target) else []
        for link in lost:
            names = list(linked)
            near = nearest(link.target, names)
            args = {"path": link.written, "nearest": near, "allowed": listed(names)}
            yield trouble("F23" if near else "F24", link.place.file, link.place.line, link.place.column, **args)
