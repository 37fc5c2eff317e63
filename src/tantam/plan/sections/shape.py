"""Nodes to a document: whatever has the wrong shape becomes a finding with its place and the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tantam.plan.errors import Finding, Severity
from tantam.plan.files import Items, Mapping, Node, Scalar, at, key_place_of, listed, nearest, place_of, walk
from tantam.plan.sections.aside import Aside
from tantam.plan.sections.base import LANGUAGE
from tantam.plan.sections.document import Document
from tantam.plan.sections.keys import keys_at
from tantam.plan.sections.mend import NOTHING, completed, emptied, renamed, without
from tantam.plan.tables.currencies import CURRENCIES
from tantam.plan.words import Key

Path = tuple[str | int, ...]
SECTIONS = frozenset(field.alias or name for name, field in Document.model_fields.items())
MOST_ROUNDS = 100
MOST_MENDED = 1_000  # errors at a time; a file with more is told of them, and read no further
UNKNOWN = ("extra_forbidden", "language", "not_outcome")
# What stands for a required value so that the rest can be read; None is an empty mapping.
STAND_INS: dict[str, str | None] = {"tantam": "1", "company": None, "languages": "en", "timezone": "UTC"}
EMPTY: dict[str, type[Mapping] | type[Items]] = {"model_type": Mapping, "dict_type": Mapping, "list_type": Items}
DISCRIMINATING = re.compile(r"^(function-|dict\[|list\[|nullable)")
EXPECTED = {
    "text": "A_text",
    "value": "A_value",
    "table": "A_table",
    "names": "A_names",
    "too_short": "A_names",
    "languages": "A_languages",
    "choices": "A_choices",
    "model_type": "A_mapping",
    "dict_type": "A_mapping",
    "list_type": "A_list",
    "bool_parsing": "A_yes_no",
    "bool_type": "A_yes_no",
    "int_parsing": "A_number",
    "form": "A_form",
    "lines": "A_lines",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A document as far as its shape is right.

    root: the nodes the document was made from. document: None where not even stand-ins make one.
    findings: all about the shape, in order of place. aside: what of the written plan is not in the document.
    """

    root: Mapping
    document: Document | None
    findings: tuple[Finding, ...]
    aside: Aside


def shaped(root: Mapping, lost: frozenset[str] = frozenset()) -> Shape:
    """Return the document without what has the wrong shape. lost: sections that other files hold, unreadable."""
    shaper = _Shaper(root, lost)
    document = None
    for _ in range(MOST_ROUNDS):
        before = shaper.root
        try:
            document = Document.model_validate(before.plain())
            break
        except ValidationError as problem:
            errors = problem.errors(include_url=False, include_input=False)
        errors.sort(key=lambda each: each["type"] not in UNKNOWN)
        if len(errors) > MOST_MENDED:
            shaper.tell(before, errors)
            break
        for each in errors:
            shaper.mend(before, each)
        if shaper.root is before:
            break
    unique = {(each.code, each.place, str(each.args.get("key"))): each for each in shaper.findings}
    findings = tuple(sorted(unique.values(), key=lambda each: each.place))
    return Shape(shaper.root, document, findings, shaper.aside())


class _Shaper:
    """Takes what is refused out of the document, one round after the other, and tells of it once."""

    def __init__(self, root: Mapping, lost: frozenset[str]) -> None:
        self.findings = _folded_tables(root)
        self.root = root
        self.refused: set[tuple[str, ...]] = set()
        self.guessed: set[tuple[str, ...]] = set()
        self.lost = lost
        self.strangers = False
        for path in _folded_paths(root):
            self.refuse(path)

    def aside(self) -> Aside:
        """Return what is missing; an unknown section may have been any of those that are not there."""
        absent = SECTIONS - {each.key for each in self.root.entries} if self.strangers else frozenset()
        return Aside(frozenset(self.refused), self.lost | absent)

    def mend(self, root: Mapping, problem: Any) -> None:
        """Tell of one of pydantic's errors about `root`, and mend the document where it is."""
        kind, path, finding = _finding(root, problem)
        steps = tuple(map(str, path))
        if kind == "missing":
            self.complete(steps, finding)
        elif kind in UNKNOWN:
            self.findings.append(finding)
            self.guess(steps, "" if kind == "language" else str(finding.args["nearest"]))
        else:
            known = self.set_aside(steps)
            self.findings += [] if known else [finding]
            self.replace(steps, kind)

    def tell(self, root: Mapping, problems: Iterable[Any]) -> None:
        """Tell of errors without mending them; what depends on them cannot be read then."""
        self.findings += [_finding(root, each)[2] for each in problems]

    def set_aside(self, path: tuple[str, ...]) -> bool:
        """Return whether there is nothing new to tell of what stands at `path`."""
        around = (path[:length] for length in range(1, len(path) + 1))
        return path in self.guessed or any(each in self.refused for each in around)

    def refuse(self, path: Path) -> None:
        """Leave the value at `path` out."""
        self.refused.add(tuple(map(str, path)))
        self.root = without(self.root, path)

    def replace(self, path: tuple[str, ...], kind: str) -> None:
        """Let an empty clause stand where none can be read, so that its name is known; refuse all other values."""
        while path and at(self.root, path) is None:
            path = path[:-1]
        if path in self.refused and len(path) > 1:
            path = path[:-1]
        if not path:
            return
        if kind == "form":
            self.root = completed(self.root, path, STAND_INS["tantam"])
        elif kind in EMPTY and path not in self.refused:
            self.root = emptied(self.root, path, EMPTY[kind])
        else:
            self.root = without(self.root, path)
        self.refused.add(path)

    def guess(self, path: tuple[str, ...], near: str) -> None:
        """Read an unknown key as the nearest right one if that is not there as well; leave it out otherwise."""
        above = path[:-1]
        free = bool(near) and at(self.root, (*above, near)) is None
        if free and at(self.root, path) is not None:
            self.root = renamed(self.root, path, near)
            self.guessed.add((*above, near))
            return
        if not above:
            self.lost |= {near} if near else frozenset()
            self.strangers = self.strangers or not near
        self.refuse(path)

    def complete(self, path: tuple[str, ...], finding: Finding) -> None:
        """Let something stand for a missing value; tell of it unless it was refused, or is in a file not read."""
        if at(self.root, path) is not None or at(self.root, path[:-1]) is None:
            return
        known = self.set_aside(path) or (len(path) == 1 and path[0] in self.lost)
        self.findings += [] if known else [finding]
        self.root = completed(self.root, path, STAND_INS.get(path[-1], NOTHING))
        self.refused.add(path)


def error(code: str, root: Node, path: Path, /, **args: Any) -> Finding:
    """Return an error at the value at `path`, with `where` naming it."""
    return Finding(
        code, Severity.ERROR, place_of(root, path), clause=address(path), args={"where": address(path)} | args
    )


def address(path: Path) -> str:
    """Return the clause's address, `policies.exchange.decides`; of the whole document, `plan`."""
    return ".".join(str(step) for step in path) or "plan"


def _folded_paths(root: Mapping) -> list[Path]:
    """Return where tables stand whose lines run together."""
    return [
        path
        for path, node in walk(root)
        if isinstance(node, Scalar) and node.block == ">" and "=>" in node.text and "|" in node.text
    ]


def _folded_tables(root: Mapping) -> list[Finding]:
    return [error("F17", root, path) for path in _folded_paths(root)]


def _finding(root: Mapping, problem: Any) -> tuple[str, Path, Finding]:
    """Return the kind of pydantic's error, the path of the value that it is about, and the finding to tell."""
    path = path_in(root, problem["loc"])
    kind = str(problem["type"])
    context = problem.get("ctx") or {}
    if kind == "missing":
        return kind, *_missing(root, path, problem, context)
    path = (*path, *context.get("within", ()), *([str(context["key"])] if "key" in context else []))
    got = got_words(at(root, path))
    match kind:
        case "extra_forbidden" | "language" | "not_outcome":
            return kind, path, _unknown_key(root, path, kind)
        case "form":
            return kind, path, error("S12", root, path, got=got)
        case "currency":
            return kind, path, _no_such_currency(root, path)
        case "literal_error":
            return kind, path, _not_one_of(root, path, context)
        case _:
            return kind, path, error("S04", root, path, got=got, allowed=Key(EXPECTED.get(kind, "A_value")))


def path_in(root: Node, loc: tuple[str | int, ...]) -> Path:
    """Return the steps of pydantic's location that are keys or positions of the file."""
    path: list[str | int] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if at(root, [*path, step]) is not None or (last and not DISCRIMINATING.match(str(step))):
            path.append(step)
    return tuple(path)


def _unknown_key(root: Mapping, path: Path, kind: str) -> Finding:
    key, where = str(path[-1]), address(path[:-1])
    node = at(root, path)
    match kind:
        case "language":
            allowed = _languages(root)
        case "not_outcome":
            allowed = ["outcome"]
        case _:
            allowed = keys_at(Document, path[:-1])
    near = nearest(key, allowed)
    args: dict[str, Any] = {"key": key, "where": where, "nearest": near, "allowed": listed(allowed)}
    prose = kind == "language" or " " in key or (isinstance(node, Scalar) and node.null)
    code = "S01" if near else "S13" if prose else "S02"
    return Finding(code, Severity.ERROR, key_place_of(root, path), clause=where, args=args)


def _missing(root: Mapping, path: Path, problem: Any, context: Any) -> tuple[Path, Finding]:
    key = str(context.get("key") or problem["loc"][-1])
    if path and path[-1] == key:
        path = path[:-1]
    place = key_place_of(root, path) if path else root.place
    where = address(path)
    return (*path, key), Finding("S03", Severity.ERROR, place, clause=where, args={"where": where, "key": key})


def _no_such_currency(root: Mapping, path: Path) -> Finding:
    node = at(root, path)
    name = node.text if isinstance(node, Scalar) else ""
    near = nearest(name, sorted(CURRENCIES))
    args = {"kind": Key("KIND_currency"), "name": name, "nearest": near, "allowed": listed(sorted(CURRENCIES))}
    return error("S05" if near else "S06", root, path, **args)


def _not_one_of(root: Mapping, path: Path, context: Any) -> Finding:
    names = [each.strip("' ") for each in re.split(r", | or ", str(context.get("expected", "")))]
    return error("S04", root, path, got=got_words(at(root, path)), allowed=", ".join(names))


def _languages(root: Mapping) -> list[str]:
    node = at(root, ["company", "languages"])
    found = node.plain() if node else None
    return [str(each) for each in found if LANGUAGE.match(str(each))] if isinstance(found, list) else ["en", "vi", "de"]


def got_words(node: Node | None) -> Any:
    """Return what stands there, short enough for a sentence."""
    match node:
        case Scalar() if not node.null:
            text = node.text.strip().split("\n")[0]
            return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"
        case Scalar():
            return Key("A_nothing")
        case Mapping():
            return Key("A_mapping")
        case None:
            return Key("A_nothing")
        case _:
            return Key("A_list")
