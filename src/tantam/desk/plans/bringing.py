"""Reads what somebody brought as a draft: text, a YAML file, or a plan's folder as ZIP. Nothing touches a disk.

A plan that is laid over another comes with the other's folder beside its own.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from tantam.desk.common.errors import Refused
from tantam.plan.errors import Finding, PlanUnreadable
from tantam.plan.files import Source, belongs, decoded, gather
from tantam.plan.files.calendars import CALENDAR
from tantam.plan.files.layers import uppermost
from tantam.plan.files.links import MENTIONS, Links, links_of, normal
from tantam.plan.files.nodes import Items, Mapping, Node, Scalar
from tantam.plan.files.sources import ENDINGS, trouble
from tantam.plan.files.yaml import parse
from tantam.plan.sections import Plan
from tantam.plan.sections.build import build

MOST_BYTES = 1_000_000  # brought, and again unpacked; a plan of a hundred policies has some 200,000
MOST_FILES = 200
# A worker of the pages reads the draft while somebody waits; the command line reads longer ones.
MOST_ROWS = 1_000  # lines of a table, or of any text
MOST_NAMES = 1_000  # under one key
PASTED = "plan.yaml"
_ZIP = b"PK\x03\x04"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file by its name and bytes; or a text that was typed, under the name PASTED."""

    name: str
    raw: bytes

    @classmethod
    def typed(cls, text: str) -> Brought:
        """Return a text that somebody typed or pasted."""
        return cls(PASTED, text.encode("utf-8", "replace"))


def sources_of(brought: Brought) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Return the sources that can be opened and, for each file that cannot, the finding that says why.

    Raises Refused for what is no plan's file at all, or no one plan.
    """
    if len(brought.raw) > MOST_BYTES:
        raise Refused("draft_too_large", most=MOST_BYTES // 1000)
    name = PurePosixPath(brought.name.replace("\\", "/")).name[:80]
    if brought.raw.startswith(_ZIP):
        files = list(_unpacked(brought.raw))
    elif not name.endswith(ENDINGS):
        raise Refused("draft_no_zip" if name.endswith(".zip") else "draft_not_a_plan", name=name)
    else:
        files = [(name, brought.raw)]
    if not files:
        return (), (trouble("F04", name),)
    opened = [decoded(*each) for each in files]
    findings = tuple(each for each in opened if isinstance(each, Finding))
    sources = tuple(each for each in opened if isinstance(each, Source))
    alone = len(_folders(path for path, _ in files)) == 1
    return (_whole(sources) if alone else _of_one_plan(sources)), findings


def _whole(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the files of one folder. Raises Refused if they are laid over a plan that lies elsewhere."""
    for name, links in _linked(sources).items():
        if links.overlay and PurePosixPath(links.overlay.target).parts[:1] == ("..",):
            raise Refused("draft_without_base", name=name, base=links.overlay.written)
    return sources


def _linked(sources: tuple[Source, ...]) -> dict[str, Links]:
    """Return what each file of YAML says of others, by its normal name."""
    linked = {}
    for source in sources:
        if not source.name.endswith(CALENDAR):
            root = parse(source)[0] if MENTIONS.search(source.text) else None
            linked[normal(source.name)] = links_of(root) if isinstance(root, Mapping) else Links()
    return linked


def plan_of(sources: tuple[Source, ...], unopened: tuple[Finding, ...]) -> Plan:
    """Return the plan that the sources write.

    Raises PlanUnreadable with every finding, or with what is too long; Refused for what unfolds to more than is read.
    """
    if not sources:
        raise PlanUnreadable(unopened)
    gathered = gather(sources, unopened)
    if _unfolds_too_far(gathered.root):
        raise Refused("draft_too_large", most=MOST_BYTES // 1000)
    if long := tuple(_too_long("", gathered.root)):
        raise PlanUnreadable(long)
    if gathered.findings:
        return build(sources, unopened=unopened)
    return build(sources, root=gathered.root)


def _of_one_plan(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the files of the one plan that nothing else here is built on, and of what it is laid over.

    Where a file is no YAML, nobody knows what it names: all are returned, and reading them says why.
    Raises Refused if there are several such plans, or none.
    """
    if any(MENTIONS.search(each.text) and parse(each)[0] is None for each in sources):
        return sources
    plans = uppermost(_linked(sources))
    if len(plans) != 1:
        raise Refused("draft_many_folders")
    folders = _folders(plans[0])
    by_name = {normal(each.name): each for each in sources}
    calendars = [each for each in sources if each.name.endswith(CALENDAR) and _folders([each.name]) <= folders]
    return (*(by_name[each] for each in plans[0]), *calendars)


def _folders(names: Iterable[str]) -> set[PurePosixPath]:
    return {PurePosixPath(each).parent for each in names}


def _unfolds_too_far(root: Node) -> bool:
    """Whether aliases make more of the files than they may have bytes; what one names is read each time anew."""
    left, nodes = MOST_BYTES, [root]
    while nodes and left >= 0:
        match nodes.pop():
            case Scalar(text=text):
                left -= len(text) + 1
            case Mapping(entries=entries):
                left -= 1 + sum(len(each.key) + 1 for each in entries)
                nodes += [each.value for each in entries]
            case Items(nodes=items):
                left -= 1
                nodes += items
    return left < 0


def _too_long(name: str, node: Node) -> Iterator[Finding]:
    """Yield what nobody can read in the time that a page takes. name: the key that the node stands under."""
    place = node.place
    match node:
        case Scalar() if name.endswith(CALENDAR):
            return  # read by its own bounds
        case Scalar(text=text) if (lines := text.count("\n") + 1) > MOST_ROWS:
            yield trouble("F19", place.file, place.line, place.column, key=name, got=lines, most=MOST_ROWS)
        case Mapping(entries=entries):
            if len(entries) > MOST_NAMES:
                yield trouble("F20", place.file, place.line, place.column, key=name, got=len(entries), most=MOST_NAMES)
            for each in entries:
                yield from _too_long(each.key, each.value)
        case Items(nodes=nodes):
            if len(nodes) > MOST_NAMES:
                yield trouble("F20", place.file, place.line, place.column, key=name, got=len(nodes), most=MOST_NAMES)
            for item in nodes:
                yield from _too_long(name, item)


def _unpacked(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the YAML files of the plan's folder by name, of several by path; never more bytes than a plan may have."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            left = MOST_BYTES
            members = _members(packed)
            alone = len({_path(each).parent for each in members}) == 1
            for each in members:
                with packed.open(each) as file:
                    found = file.read(left + 1)
                left -= len(found)
                if left < 0:
                    raise Refused("draft_too_large", most=MOST_BYTES // 1000)
                yield _path(each).name if alone else str(_path(each)), found
    except _BROKEN as broken:
        raise Refused("draft_broken_zip") from broken


def _members(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the plan's files by name: those of the highest folders that have any, as reading a folder would."""
    members = [(_path(each), each) for each in packed.infolist() if not each.is_dir()]
    if any(path.is_absolute() or ".." in path.parts for path, _ in members):
        raise Refused("draft_path_outside")
    found = [(path, each) for path, each in members if _is_part(path.name) and _visible(path)]
    highest = min((len(path.parts) for path, _ in found), default=0)
    top = [(path, each) for path, each in found if len(path.parts) == highest]
    if len(top) > MOST_FILES:
        raise Refused("draft_too_large", most=MOST_BYTES // 1000)
    if not all(_opens(each) for _, each in top):
        raise Refused("draft_broken_zip")
    return [each for _, each in sorted(top, key=lambda pair: pair[0])]


def _is_part(name: str) -> bool:
    """Whether a file is the plan's, or a calendar that its hours may name."""
    return belongs(name) or (name.endswith(CALENDAR) and not name.startswith("."))


def _path(member: zipfile.ZipInfo) -> PurePosixPath:
    """Return its path; some programs write it with backslashes."""
    return PurePosixPath(member.filename.replace("\\", "/"))


def _opens(member: zipfile.ZipInfo) -> bool:
    """Whether it has no password and is packed in the usual way."""
    return not member.flag_bits & 1 and member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _visible(path: PurePosixPath) -> bool:
    """Whether it is the author's own; computers add hidden folders, and one called `__MACOSX`."""
    return not any(part.startswith((".", "__")) for part in path.parts[:-1])
