"""Which clauses a draft writes otherwise than a version: what that means, in sentences, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from django.utils.translation import get_language

from tantam.plan.files import Scalar, walk
from tantam.plan.sections import Plan
from tantam.plan.tables.table import Row, Table

if TYPE_CHECKING:  # what compares is loaded where it is asked: whoever only takes a mail in never does
    from tantam.plan import compare

MOST = 60
KEPT_WORDS = 6  # of what stays as it was, before and after what changes
NOTHING = "-"  # an empty cell, as people write it in a plan

What = Literal["same", "old", "new"]
How = Literal["new", "gone", "changed"]
HOW: dict[str, How] = {"added": "new", "removed": "gone"}  # by what compare calls it


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row, or a text. name: of its column, "" for a text. parts: (what, words) in reading order."""

    name: str
    parts: tuple[tuple[What, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that is new, gone, or reads otherwise. rule: the row's conditions as written, "" for a text.

    meant: what that means, with the two plans; None where another change of the same clause says it already.
    """

    clause: str
    how: Literal["new", "gone", "changed"]
    rule: str
    cells: tuple[Cell, ...]
    meant: tuple[compare.Change, compare.Comparison] | None = field(default=None, compare=False, repr=False)

    @property
    def sentence(self) -> str:
        """What changed, in the language of the page; "" if nothing is meant by it."""
        from tantam.plan import compare

        return compare.aloud(self.meant[0], get_language() or "en", within=self.meant[1]) if self.meant else ""

    @property
    def whom(self) -> str:
        """Whom it touches, in the language of the page; "" if no answer depends on it alone."""
        from tantam.plan import compare

        return compare.whom(self.meant[0], get_language() or "en", within=self.meant[1]) if self.meant else ""

    @property
    def is_said(self) -> bool:
        """Whether the sentence says all of it: a row that is new or gone, hours before and after."""
        whole = self.clause.startswith("hours.") or ("#" in self.clause and self.how != "changed")
        return whole and self.meant is not None


@dataclass(frozen=True, slots=True)
class Changes:
    """shown: at most MOST, what customers are promised first. more: how many others there are."""

    shown: tuple[Change, ...]
    more: int


def changes(draft: Plan, against: Plan) -> Changes:
    """Return what the draft writes otherwise."""
    if draft.hash == against.hash:
        return Changes((), 0)
    from tantam.plan import compare

    written = [*_rows(draft, against), *_texts(draft, against)]
    found = list(_ordered(written, compare.compare(against, draft)))
    return Changes(tuple(found[:MOST]), max(len(found) - MOST, 0))


def texts(draft: Plan, against: Plan) -> set[str]:
    """Return the addresses of the texts, outside tables, that the draft writes otherwise."""
    return {each.clause for each in _texts(draft, against)}


def _ordered(written: list[Change], meant: compare.Comparison) -> Iterator[Change]:
    """Yield what is meant, heaviest first, each with how it is written; last what only reads otherwise."""
    left = {each.clause: each for each in written}
    for change in meant:
        mine = [each for each in left.values() if _belongs(each.clause, change)]
        how = HOW.get(change.what, "changed")
        first, *rest = mine or [Change(change.clause, how, "", ())]
        yield replace(first, meant=(change, meant))
        yield from rest
        left = {clause: each for clause, each in left.items() if each not in mine}
    yield from left.values()


def _belongs(clause: str, change: compare.Change) -> bool:
    return clause in (change.clause, change.was) or clause.startswith((f"{change.clause}.", f"{change.clause}#"))


def _rows(draft: Plan, against: Plan) -> Iterator[Change]:
    now, then = draft.tables(), against.tables()
    for name in dict.fromkeys((*then, *now)):
        new = {row.name: _written(now[name], row) for row in now[name].rows} if name in now else {}
        old = {row.name: _written(then[name], row) for row in then[name].rows} if name in then else {}
        for row in dict.fromkeys((*old, *new)):
            before, after = old.get(row, {}), new.get(row, {})
            if before != after:
                yield _row(f"{name}#{row}", before, after)


def _written(table: Table, row: Row) -> dict[str, str]:
    """Return a row's cells as they were written, by column."""
    conditions = {
        column.name: cell.text if cell else NOTHING for column, cell in zip(table.inputs, row.conditions, strict=False)
    }
    return {**row.labels, **conditions, **{name: cell.text for name, cell in row.outputs.items()}}


def _row(clause: str, before: dict[str, str], after: dict[str, str]) -> Change:
    if not before or not after:
        how, cells = ("new", after) if after else ("gone", before)
        what: What = "new" if after else "old"
        said = {name: text for name, text in cells.items() if text != NOTHING}
        return Change(clause, how, "", tuple(Cell(name, ((what, text),)) for name, text in said.items()))
    differing = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    same = ", ".join(f"{name} {text}" for name, text in after.items() if name not in differing and text != NOTHING)
    cells = {name: (before.get(name, NOTHING), after.get(name, NOTHING)) for name in differing}
    return Change(clause, "changed", same, tuple(Cell(name, parts(*pair)) for name, pair in cells.items()))


def _texts(draft: Plan, against: Plan) -> Iterator[Change]:
    old, new = _scalars(against), _scalars(draft)
    for clause in dict.fromkeys((*old, *new)):
        before, after = old.get(clause), new.get(clause)
        if before != after:
            how: Literal["new", "gone", "changed"] = "changed" if before and after else "new" if after else "gone"
            yield Change(clause, how, "", (Cell("", parts(before or "", after or "")),))


def _scalars(plan: Plan) -> dict[str, str]:
    """Return every text of the plan but its tables, by address."""
    tables = tuple(plan.tables())
    found = {}
    for path, node in walk(plan.root):
        if not isinstance(node, Scalar):
            continue
        address = ".".join(map(str, path))
        if not (node.block and "|" in node.text and address.startswith(tables)):
            found[address] = node.text
    return found


def parts(before: str, after: str) -> tuple[tuple[What, str], ...]:
    """Return the two texts as one: what stays, what goes, what comes; long stretches that stay are cut short."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    found: list[tuple[What, str]] = []
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if len(old) + len(new) < 4000 else []
    for code, a, b, c, d in matched or [("replace", 0, len(old), 0, len(new))]:
        if code == "equal":
            found.append(("same", _short(old[a:b], first=a == 0, last=b == len(old))))
            continue
        found += [("old", "".join(old[a:b]).strip())] if b > a else []
        found += [("new", "".join(new[c:d]).strip())] if d > c else []
    return tuple((what, words) for what, words in found if words)


def _short(words: list[str], *, first: bool, last: bool) -> str:
    """Return words that stay, without those that are far from what changes."""
    most = 2 * KEPT_WORDS  # words and the spaces between them
    if len(words) <= 2 * most + 1 and not (first or last and len(words) > most):
        return "".join(words)
    if first:
        return ("… " if len(words) > most else "") + "".join(words[-most:]).lstrip()
    if last:
        return "".join(words[:most]).rstrip() + (" …" if len(words) > most else "")
    return "".join(words[:most]).rstrip() + " … " + "".join(words[-most:]).lstrip()
