"""Free sections read as far as they can be: what is not understood is noted with its place, and stops no plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tantam.plan.errors import Finding, Severity
from tantam.plan.files import Entry, Mapping, Node, Scalar, at, key_place_of, listed, nearest, place_of, walk
from tantam.plan.sections.keys import keys_at
from tantam.plan.sections.mend import emptied, renamed, without
from tantam.plan.sections.shape import EXPECTED, Path, address, got_words, path_in
from tantam.plan.sections.told import FREE, FREE_OF_COMPANY, Told
from tantam.plan.words import Key

MOST_ROUNDS = 50
UNKNOWN = "extra_forbidden"


@dataclass(frozen=True, slots=True)
class Telling:
    """What a plan tells freely. root: the nodes it was read from, for the places; findings: what was not understood."""

    told: Told
    root: Mapping
    findings: tuple[Finding, ...] = ()


def told_by(root: Mapping, languages: tuple[str, ...] = ()) -> Telling:
    """Return the free sections of a plan; a key near to a right one is read as that. languages: the plan's."""
    reading = _Reading(_free_part(root), languages)
    for _ in range(MOST_ROUNDS):
        before = reading.root
        try:
            told = Told.model_validate(before.plain())
        except ValidationError as problem:
            errors = problem.errors(include_url=False, include_input=False)
        else:
            return Telling(told, before, tuple(reading.findings))
        for each in errors:
            reading.mend(before, each)
        if reading.root is before:
            break
    return Telling(Told(), Mapping(root.place, ()), tuple(reading.findings))


def _free_part(root: Mapping) -> Mapping:
    company = root.entry("company")
    entries = [each for each in root.entries if each.key in FREE]
    if company is not None and isinstance(company.value, Mapping):
        kept = tuple(each for each in company.value.entries if each.key in FREE_OF_COMPANY)
        entries.append(Entry("company", company.key_place, Mapping(company.value.place, kept)))
    return Mapping(root.place, tuple(entries))


class _Reading:
    """Takes what is not understood out of the free sections, and notes it."""

    def __init__(self, root: Mapping, languages: tuple[str, ...]) -> None:
        self.root, self.languages = root, languages
        self.findings: list[Finding] = []
        self.emptied: set[tuple[str, ...]] = set()

    def mend(self, root: Mapping, problem: Any) -> None:
        """Note one of pydantic's errors about `root`, and mend the sections where it is."""
        kind = str(problem["type"])
        context = problem.get("ctx") or {}
        path = path_in(root, problem["loc"])
        if context and at(root, path) is None:
            path = path[:-1]  # the field that a short form fills
        path = (*path, *context.get("within", ()), *([str(context["key"])] if "key" in context else []))
        if at(self.root, path) is None and at(root, path) is not None:
            return  # something around it is mended already
        if kind == UNKNOWN:
            self._unknown(root, path)
        elif kind == "language" and is_prose(root, path):
            self._broken(root, path)
        else:
            self._other(root, path[:-1] if kind == "language" else path, "text" if kind == "language" else kind)

    def _unknown(self, root: Mapping, path: Path) -> None:
        key, allowed = str(path[-1]), keys_at(Told, path[:-1])
        near = nearest(key, allowed)
        if near and " " not in key:
            args = {"key": key, "where": address(path[:-1]), "nearest": near, "allowed": listed(allowed)}
            self._note("K200", Severity.WARNING, path, args)
            free = at(self.root, (*path[:-1], near)) is None
            self.root = renamed(self.root, path, near) if free else without(self.root, path)
        elif is_prose(root, path):
            self._broken(root, path)
        else:
            args = {"key": key, "where": address(path[:-1]), "allowed": listed(allowed)}
            self._note("K201", Severity.NOTE, path, args)
            self.root = without(self.root, path)

    def _broken(self, root: Mapping, path: Path) -> None:
        self.findings.append(broken_off(root, path, keys_at(Told, path[:-1]) or list(self.languages)))
        self.root = without(self.root, path)

    def _other(self, root: Mapping, path: Path, kind: str) -> None:
        while path and at(self.root, path) is None:
            path = path[:-1]
        if not path:
            return
        expected = Key(EXPECTED.get(kind, "A_value"))
        args = {"where": address(path), "got": got_words(at(root, path)), "allowed": expected}
        steps = tuple(map(str, path))
        if steps not in self.emptied:
            place = place_of(root, path)
            self.findings.append(Finding("K202", Severity.NOTE, place, clause=address(path), args=args))
        if kind == "model_type" and len(path) > 1 and steps not in self.emptied:
            self.emptied.add(steps)
            self.root = emptied(self.root, path, Mapping)
        else:
            self.root = without(self.root, path)

    def _note(self, code: str, severity: Severity, path: Path, args: dict[str, Any]) -> None:
        place = key_place_of(self.root, path)
        self.findings.append(Finding(code, severity, place, clause=address(path[:-1]), args=args))


def is_prose(root: Node, path: Path) -> bool:
    """Return whether the key that ends `path` is the end of a text that broke at its comma: `{vi: Chào, rất vui}`."""
    node, above = at(root, path), at(root, path[:-1])
    if node is None or not _is_null(node) or not isinstance(above, Mapping):
        return False
    keys = [each.key for each in above.entries]
    position = keys.index(str(path[-1]))
    if position == 0:
        return False
    same_line = above.entries[position - 1].key_place.line == above.entries[position].key_place.line
    return " " in str(path[-1]).strip() or same_line


def broken_off(root: Mapping, path: Path, allowed: list[str]) -> Finding:
    """Return S13 for the end of a text that stands as a key at the end of `path`."""
    args = {"key": str(path[-1]), "where": address(path[:-1]), "nearest": "", "allowed": listed(allowed)}
    place = key_place_of(root, path)
    return Finding("S13", Severity.ERROR, place, clause=address(path[:-1]), args=args)


def broken_texts(root: Mapping, languages: tuple[str, ...], told: Iterable[Finding] = ()) -> list[Finding]:
    """Return S13 for every text of the plan that broke at its comma, wherever it stands, unless it is `told` of.

    A name may stand without a value (`teams: {day, night}`); it is prose if it holds a space, or stands beside the
    languages of a text. The values of one_of and some_of are names, too.
    """
    said = {each.place for each in told if each.severity is Severity.ERROR}
    found = []
    for path, node in walk(root):
        if isinstance(node, Mapping) and path[-1:] not in (("one_of",), ("some_of",)):
            is_text = bool(node.entries) and node.entries[0].key in languages
            for each in node.entries[1:]:
                strange = each.key not in languages if is_text else " " in each.key.strip()
                if strange and _is_null(each.value) and not said & {each.key_place, each.value.place}:
                    found.append(broken_off(root, (*path, each.key), list(languages) if is_text else []))
    return found


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.null
