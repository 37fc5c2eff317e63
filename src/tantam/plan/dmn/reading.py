"""What reading the expressions of one model shares: its names, its types, and where its mistakes are."""

from __future__ import annotations

from dataclasses import dataclass, field

from tantam.plan.dmn.elements import Element, refused
from tantam.plan.dmn.feel.names import MEMBERS, Names
from tantam.plan.dmn.feel.parser import read_expression, read_tests
from tantam.plan.dmn.feel.syntax import Const, Node, Tests
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.errors import Place, PlanUnreadable
from tantam.plan.nearest import listed

LANGUAGES = ("", "feel")


@dataclass(slots=True)
class Reading:
    """members: names that may stand behind a point. owner: the element that a reader would look for."""

    members: Names = field(default_factory=lambda: Names(MEMBERS))

    def expression(self, text: Element | None, names: Names, owner: Element) -> Node:
        """Return the expression in a `text` element; an empty one is null. Raises PlanUnreadable."""
        if text is None or not text.text.strip():
            return Const(None)
        self._check_language(owner)
        try:
            return read_expression(text.text, names, self.members)
        except Trouble as trouble:
            raise told(trouble, text, owner) from trouble
        except RecursionError as deep:
            raise refused("D08", text.place, owner.called, limit=0) from deep

    def tests(self, text: Element | None, names: Names, owner: Element) -> Tests:
        """Return the unary tests in a `text` element; an empty one admits everything. Raises PlanUnreadable."""
        if text is None or not text.text.strip():
            return Tests((), any=True)
        self._check_language(owner)
        try:
            return read_tests(text.text, names, self.members)
        except Trouble as trouble:
            raise told(trouble, text, owner) from trouble
        except RecursionError as deep:
            raise refused("D08", text.place, owner.called, limit=0) from deep

    def _check_language(self, owner: Element) -> None:
        language = owner.get("expressionLanguage")
        if language and "feel" not in language.casefold():
            raise refused("D11", owner.place, owner.called, got=language)


def told(trouble: Trouble, text: Element, owner: Element) -> PlanUnreadable:
    """Return the exception that tells the trouble at its place in the file."""
    before = text.text[: max(trouble.at, 0)]
    lines = before.count("\n")
    column = len(before) - before.rfind("\n") if lines else text.start.column + len(before)
    place = Place(text.place.file, text.start.line + lines, column)
    args = dict(trouble.args_said)
    if "allowed" in args:
        args["allowed"] = listed(args["allowed"])
    code = f"{trouble.code}_near" if args.get("nearest") else trouble.code
    return refused(code, place, owner.called, **args)
