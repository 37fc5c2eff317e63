"""What reading the expressions of one file shares: its names, its types, and what could not be read.

By the specification an expression that cannot be evaluated is null: what is wrong with it is kept as a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tantam.plan.dmn.elements import Element, doubtful
from tantam.plan.dmn.feel.names import MEMBERS, Names
from tantam.plan.dmn.feel.parser import read_expression, read_tests
from tantam.plan.dmn.feel.syntax import Const, Node, Tests
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.dmn.feel.types import Type, renamed
from tantam.plan.dmn.item_types import type_ref
from tantam.plan.errors import Finding, Place
from tantam.plan.nearest import listed

MOST_DOUBTS = 200
NEVER = Tests(())  # a cell that cannot be read admits nothing


@dataclass(slots=True)
class Reading:
    """members: names that may stand behind a point. space: its namespace with `#`, "" for the file that was asked.

    areas: what it calls the files it imports, by their names here, "" for those whose names stand for themselves."""

    members: Names = field(default_factory=lambda: Names(MEMBERS))
    doubts: list[Finding] = field(default_factory=list)
    space: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)

    def expression(self, text: Element | None, names: Names, owner: Element) -> Node:
        """Return the expression in a `text` element; null where it is empty or cannot be read."""
        if text is None or not text.text.strip() or not self._is_feel(owner):
            return Const(None)
        doubts: list[Trouble] = []
        try:
            node = read_expression(text.text, names, self.members, doubts=doubts)
        except Trouble as trouble:
            self._tell(trouble, text, owner)
            return Const(None)
        except RecursionError:
            self.doubt("D08", text, owner, limit=0)
            return Const(None)
        self._tell_all(doubts, text, owner)
        return node

    def tests(self, text: Element | None, names: Names, owner: Element) -> Tests:
        """Return the unary tests in a `text` element; an empty one admits everything, an unreadable one nothing."""
        if text is None or not text.text.strip():
            return Tests((), any=True)
        if not self._is_feel(owner):
            return NEVER
        doubts: list[Trouble] = []
        try:
            tests = read_tests(text.text, names, self.members, doubts=doubts)
        except Trouble as trouble:
            self._tell(trouble, text, owner)
            return NEVER
        except RecursionError:
            self.doubt("D08", text, owner, limit=0)
            return NEVER
        self._tell_all(doubts, text, owner)
        return tests

    def kind(self, element: Element | None) -> Type | None:
        """Return the type that an element's `typeRef` names, None if it names none."""
        found = type_ref(element)
        return None if found is None else self.own(found)

    def own(self, kind: Type) -> Type:
        """Return the type with the names it has among the types of all files."""
        return renamed(kind, self._renamed) if self.space or self.areas else kind

    def doubt(self, code: str, at: Element, owner: Element | None = None, **args: object) -> None:
        """Keep what is wrong at an element; of very many the first."""
        self._keep(doubtful(code, at.place, (owner or at).called, **args))

    def _renamed(self, name: str) -> str:
        area, point, rest = name.partition(".")
        return self.areas[area] + rest if point and area in self.areas else self.space + name

    def _keep(self, found: Finding) -> None:
        if len(self.doubts) < MOST_DOUBTS and found not in self.doubts:
            self.doubts.append(found)

    def _tell_all(self, troubles: list[Trouble], text: Element, owner: Element) -> None:
        for each in troubles:
            self._tell(each, text, owner)

    def _tell(self, trouble: Trouble, text: Element, owner: Element) -> None:
        args = dict(trouble.args_said)
        if "allowed" in args:
            args["allowed"] = listed(args["allowed"])
        code = f"{trouble.code}_near" if args.get("nearest") else trouble.code
        self._keep(doubtful(code, _place(trouble, text), owner.called, **args))

    def _is_feel(self, owner: Element) -> bool:
        language = owner.get("expressionLanguage")
        if not language or "feel" in language.casefold():
            return True
        self.doubt("D11", owner, got=language)
        return False


def _place(trouble: Trouble, text: Element) -> Place:
    before = text.text[: max(trouble.at, 0)]
    lines = before.count("\n")
    column = len(before) - before.rfind("\n") if lines else text.start.column + len(before)
    return Place(text.place.file, text.start.line + lines, column)
