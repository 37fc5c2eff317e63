"""A plan's files from the disk: its own, those they include, those it is laid over. What cannot be had is a finding.

A plan reads what lies in its folder and beside it, and nothing further up: its root is the folder around its own.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from errno import ELOOP
from pathlib import Path
from types import MappingProxyType

from tantam.plan.errors import LONGEST_SHOWN, Finding, PlanUnreadable
from tantam.plan.files.calendars import named_calendars
from tantam.plan.files.links import MENTIONS, Link, Links, links_of
from tantam.plan.files.nodes import Mapping
from tantam.plan.files.sources import ENDINGS, LARGEST, Source, belongs, decoded, too_large, trouble
from tantam.plan.files.yaml import parse
from tantam.plan.nearest import listed, nearest

Texts = MappingOf[Path, str]

MOST_FILES = 500
MOST_BYTES = 4 * LARGEST  # of all files of a plan together
CLOSED = (OSError, RuntimeError, ValueError)  # what a path raises: too long, a ring of symbolic links, a null byte


def read_sources(path: Path | str) -> tuple[Source, ...]:
    """Return the sources of a plan: one file, or every YAML file of a folder, in the order of their names.

    A folder's files whose names begin with `cases` or `.` belong to its tests and are left out. After the plan's own
    files stand those that they include, or are laid over. Raises PlanUnreadable.
    """
    sources, findings = open_sources(path)
    if findings:
        raise PlanUnreadable(findings)
    return sources


def open_sources(
    path: Path | str, unsaved: Texts = MappingProxyType({})
) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Return the sources that can be opened and, for each file that cannot, the finding that says why.

    unsaved: what an editor holds of files, by their resolved paths; it counts before what lies on the disk.
    Raises PlanUnreadable if there is no file at all.
    """
    path = Path(path)
    try:
        files, folder = (_plan_files(path), path) if path.is_dir() else (_one_file(path), path.parent)
    except CLOSED as problem:
        raise PlanUnreadable([trouble("F02", str(path), problem=_reason(problem))]) from problem
    if not files:
        raise PlanUnreadable([trouble("F04", str(folder))])
    opening = _Opening(folder.resolve().parent, unsaved)
    for each in files:
        opening.open(each)
    for each in files:
        opening.follow(each, ())
    for source in tuple(opening.sources.values()):
        for calendar in named_calendars(source):
            opening.open(calendar)
    return tuple(opening.sources.values()), tuple(opening.findings)


@dataclass
class _Opening:
    """Opens each file once. root: the folder that no path may lead out of."""

    root: Path
    unsaved: Texts
    sources: dict[Path, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    followed: set[Path] = field(default_factory=set)
    size: int = 0
    full: bool = False  # no more is read; that is told once

    def open(self, file: Path) -> None:
        """Read a file, if it has not been read."""
        key = file.resolve()
        if key in self.seen or self.full:
            return
        self.seen.add(key)
        found = self._read(file)
        if isinstance(found, Source):
            self.sources[key] = found
        else:
            self.findings.append(found)

    def follow(self, file: Path, chain: tuple[Path, ...]) -> None:
        """Open what a file names, and what that names; `chain`: the files that led to it, resolved."""
        key = file.resolve()
        source = self.sources.get(key)
        if source is None or key in self.followed or not MENTIONS.search(source.text):
            return
        root, _ = parse(source)
        links = links_of(root) if isinstance(root, Mapping) else Links()
        for link in (*links.includes, *([links.overlay] if links.overlay else [])):
            for target in self._reached(link, whole=link is links.overlay):
                if self.full or len(self.findings) > MOST_FILES:
                    return
                if (reached := target.resolve()) in (*chain, key):
                    self._circle(link, (*chain, key, reached))
                    continue
                self.open(target)
                self.follow(target, (*chain, key))
        self.followed.add(key)

    def _reached(self, link: Link, *, whole: bool) -> list[Path]:
        """Return the files that a link names, none if the disk refuses the path: too long, a ring of symbolic links."""
        try:
            return self._targets(link, whole=whole)
        except CLOSED as problem:
            self._found("F02", link, file=link.written[:LONGEST_SHOWN], problem=_reason(problem))
            return []

    def _targets(self, link: Link, *, whole: bool) -> list[Path]:
        """Return the files that a link names; a whole plan may be a folder."""
        target = Path(link.target)
        if Path(link.written).is_absolute() or not _resolved(target).is_relative_to(self.root):
            self._found("F22", link, path=link.written, root=self.root.name or str(self.root))
        elif target.is_file():
            return [target]
        elif whole and target.is_dir() and (files := _plan_files(target)):
            return files
        else:
            self._missing(link, target, whole=whole)
        return []

    def _missing(self, link: Link, target: Path, *, whole: bool) -> None:
        """Tell of the first part of the path that is not there."""
        around = next(each for each in (target.parent, *target.parents) if each.is_dir())
        part = next(iter(target.relative_to(around).parts), target.name)
        there = sorted(each.name for each in around.iterdir())
        folders = whole or around != target.parent
        names = [each for each in there if each.endswith(ENDINGS) or (folders and (around / each).is_dir())]
        near = nearest(part, names)
        said = near.join(link.written.rsplit(part, 1))
        code = "F23" if near and said != link.written else "F24"
        self._found(code, link, path=link.written, nearest=said, allowed=listed(names))

    def _circle(self, link: Link, chain: tuple[Path, ...]) -> None:
        names = [str(each.relative_to(self.root)) for each in chain[chain.index(chain[-1]) :]]
        self._found("F25", link, path=" → ".join(names))

    def _found(self, code: str, link: Link, **args: object) -> None:
        self.findings.append(trouble(code, link.place.file, link.place.line, link.place.column, **args))

    def _read(self, file: Path) -> Source | Finding:
        """Return a file's text; its size is asked for before it is read."""
        name = str(file)
        if (text := self.unsaved.get(file.resolve())) is not None:
            return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
        try:
            size = file.stat().st_size
            if size > LARGEST:
                return too_large(name, LARGEST)
            self.size += size
            if self.size > MOST_BYTES:
                return self._filled(name, MOST_BYTES, "A_bytes")
            if len(self.seen) > MOST_FILES:
                return self._filled(name, MOST_FILES, "A_files")
            with file.open("rb") as opened:
                raw = opened.read(LARGEST + 1)
        except OSError as problem:
            return trouble("F02", name, problem=_reason(problem))
        return decoded(name, raw)

    def _filled(self, name: str, most: int, unit: str) -> Finding:
        self.full = True
        return too_large(name, most, unit)


def _one_file(path: Path) -> list[Path]:
    if not path.is_file():
        near = _near(path)
        said = trouble("F23", str(path), path=str(path), nearest=near) if near else trouble("F01", str(path))
        raise PlanUnreadable([said])
    return [path]


def _near(path: Path) -> str:
    """Return the plan's file or folder beside a path that is most like it, "" if none is."""
    if path.exists() or not path.parent.is_dir():
        return ""
    there = [each.name for each in path.parent.iterdir() if each.name.endswith(ENDINGS) or each.is_dir()]
    near = nearest(path.name, there)
    return str(path.with_name(near)) if near else ""


def _resolved(path: Path) -> Path:
    """Return where a path leads. Raises OSError, RuntimeError for a ring of symbolic links."""
    try:
        path.stat()
    except OSError as problem:
        if problem.errno == ELOOP:  # which `resolve` keeps to itself from Python 3.13 on
            raise
    return path.resolve()


def _reason(problem: Exception) -> str:
    """Return why a path could not be followed, in the words of the system and in one line."""
    return (getattr(problem, "strerror", None) or str(problem) or type(problem).__name__).split("\n")[0]


def _plan_files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_file() and belongs(each.name))
