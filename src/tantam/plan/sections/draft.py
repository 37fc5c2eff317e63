"""A plan being typed: the document, its nodes, and the findings so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tantam.plan.errors import BadFact, Finding, Place, Severity, TantamError
from tantam.plan.files import Mapping as Root
from tantam.plan.files import Scalar, at, key_place_of, listed, nearest, place_of
from tantam.plan.sections.aside import SECTION_OF, Aside
from tantam.plan.sections.base import by_language
from tantam.plan.sections.document import Document
from tantam.plan.sections.shape import address, error
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.reader import Cell, TableText, read_table
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Hit, Table, Wanted, build_what_can_be, row_text
from tantam.plan.tables.types import Broken, Money, Type
from tantam.plan.words import Key

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class At:
    """Where something stands: its place in the file, and the clause it belongs to."""

    place: Place
    clause: str


@dataclass
class Draft:
    """What the builders of the typed plan share.

    aside: what is written, but not in the document. scope: set once the terms are typed.
    """

    root: Root
    document: Document
    languages: tuple[str, ...]
    currency: str
    aside: Aside = field(default_factory=Aside)
    scope: Scope = field(default_factory=Scope)
    findings: list[Finding] = field(default_factory=list)

    def place(self, *path: str | int) -> Place:
        """Return where the value at `path` begins."""
        return place_of(self.root, path)

    def has(self, path: Path) -> bool:
        """Return whether something stands at `path`."""
        return at(self.root, path) is not None

    def key_place(self, *path: str | int) -> Place:
        """Return where the key that ends `path` stands."""
        return key_place_of(self.root, path)

    def words(self, text: Any) -> dict[str, str]:
        """Return a text by language."""
        return by_language(text, self.languages)

    def wrong(self, code: str, path: Path, /, **args: Any) -> None:
        """Note an error at the value at `path`, unless it only stands for one that was refused."""
        if not self.aside.holds(path):
            self.findings.append(error(code, self.root, path, **args))

    def unread(self, problem: TantamError, path: Path) -> None:
        """Note an error at a value at `path` that its type does not admit."""
        match problem:
            case BadFact(got=got, allowed=allowed):
                self.wrong("S04", path, got=f"“{got}”", allowed=allowed)
            case _:
                self.wrong("S08", path, problem=str(problem))

    def add(self, findings: Iterable[Finding], path: Path) -> None:
        """Take over the findings of the table and expression readers; they belong to the clause at `path`."""
        for each in findings:
            if not self.aside.explains(each.code, path):
                self.findings.append(each if each.clause else replace(each, clause=address(path)))

    def known(self, kind: str, name: str, allowed: Iterable[str], path: Path) -> bool:
        """Return whether `name` is there; note an error with the nearest right name if nothing bears it."""
        if self.aside.holds(path):
            return False
        return self.known_at(kind, name, allowed, At(self.place(*path), address(path)))

    def known_at(self, kind: str, name: str, allowed: Iterable[str], at: At) -> bool:
        """Return the same for a name in a table's cell."""
        names = list(allowed)
        if name in names:
            return True
        if self.aside.excuses(kind, name):
            return False
        names += self.aside.names(SECTION_OF.get(kind, ""))
        near = nearest(name, names)
        args = {"kind": Key(f"KIND_{kind}"), "name": name, "nearest": near, "allowed": listed(names)}
        code = "S05" if near else "S06"
        self.findings.append(Finding(code, Severity.ERROR, at.place, at.clause, {"where": at.clause} | args))
        return False

    def expr(self, text: str, path: Path, expected: Type | None = None) -> Expr | None:
        """Return a checked expression, None with findings noted."""
        tree, wrong = parse(text, self.place(*path))
        if tree is not None:
            tree, more = check(tree, self.scope, expected)
            wrong = [*wrong, *more]
        self.add(wrong, path)
        return None if tree is None or _any_error(wrong) else tree

    def hides_currency(self) -> bool:
        """Return whether the plan has no currency only because of what was set aside."""
        return not self.currency and (self.aside.lacks("company") or self.aside.part_of(("company",)))

    def money(self) -> Type:
        """Return the type of amounts of the plan; where its currency was refused, whatever amounts there are."""
        return Broken() if self.hides_currency() else Money(self.currency)

    def table_text(self, path: Path) -> TableText | None:
        """Return the rows and cells of the table written at `path`."""
        node = at(self.root, path)
        if not isinstance(node, Scalar) or node.null:
            self.wrong("S10", path)
            return None
        table, wrong = read_table(node.text, node.place, node.lines)
        self.add(wrong, path)
        return table

    def table(self, path: Path, wanted: Wanted) -> Table | None:
        """Return the typed table written at `path`, as far as it can be read; what is wrong with it is noted."""
        text = self.table_text(path)
        if text is None:
            return None
        table, wrong = build_what_can_be(text, self.scope, wanted)
        self.add(wrong, path)
        return table

    def row(self, outputs: Mapping[str, str], path: Path, wanted: Wanted) -> Table | None:
        """Return the table of one row for `{outcome: …, gets: …}` written at `path`."""
        cells = {name: Cell(text, self.place(*path, name)) for name, text in outputs.items()}
        table, wrong = build_what_can_be(row_text(cells), self.scope, replace(wanted, hit=wanted.hit or Hit.FIRST))
        self.add(wrong, path)
        return table


def _any_error(findings: Iterable[Finding]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)
