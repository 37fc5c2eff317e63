"""Boxed expressions as nodes of FEEL's syntax: contexts, invocations, relations, lists, functions, loops."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.plan.dmn.elements import Element, refused
from tantam.plan.dmn.feel import syntax
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.syntax import Const, Entry, Node
from tantam.plan.dmn.feel.types import Type, Types
from tantam.plan.dmn.reading import Reading
from tantam.plan.dmn.table import TableReader

BOXES = (
    "literalExpression", "decisionTable", "context", "invocation", "relation", "list", "functionDefinition",
    "conditional", "filter", "for", "some", "every",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Boxes:
    """owner: the decision or function that is being read, for its tables' reasons. kind: of its variable."""

    reading: Reading
    types: Types
    owner: str
    kind: Type | None = None

    def of(self, parent: Element, names: Names) -> Node:
        """Return the expression that the element holds, null if it holds none."""
        box = parent.one(*BOXES)
        if box is None:
            self.reading.doubt("D16", parent, allowed=", ".join(BOXES))
            return Const(None)
        return self.node(box, names)

    def node(self, box: Element, names: Names) -> Node:
        """Return the boxed expression as a node."""
        match box.tag:
            case "literalExpression":
                if box.one("importedValues"):
                    self.reading.doubt("D11", box, got="importedValues")
                return self.reading.expression(box.one("text"), names, box)
            case "decisionTable":
                table = TableReader(self.reading, names, self.types, self.owner, self.kind).read(box)
                return syntax.Prepared(lambda: table)
            case "context":
                return self._context(box, names)
            case "invocation":
                return self._invocation(box, names)
            case "relation":
                return self._relation(box, names)
            case "list":
                return syntax.ListOf(tuple(self.node(each, names) for each in box.all(*BOXES)))
            case "functionDefinition":
                return self.function(box, names)
            case "conditional":
                parts = [self._part(box, tag, names) for tag in ("if", "then", "else")]
                return syntax.If(*parts)
            case "filter":
                return self._filter(box, names)
        return self._loop(box, names)

    def function(self, box: Element, names: Names) -> Node:
        """Return a function definition; those of another language yield null."""
        params = tuple((_name(each), self.reading.kind(each)) for each in box.all("formalParameter"))
        if box.get("kind") not in ("", "FEEL"):
            self.reading.doubt("D11", box, got=box.get("kind"))
            return syntax.FunctionOf(params, None)
        inner = Names([name for name, _ in params], names)
        body = self.of(box, inner) if box.one(*BOXES) else Const(None)
        return syntax.FunctionOf(params, body, self.reading.kind(box.one(*BOXES)))

    def _context(self, box: Element, names: Names) -> Node:
        scope = Names((), names)
        entries = []
        for each in box.all("contextEntry"):
            variable = each.one("variable")
            name = _name(variable)
            entries.append(Entry(name, self.of(each, scope), self.reading.kind(variable)))
            if name:
                scope.add(name)
                self.reading.members.add(name)
        return syntax.ContextOf(tuple(entries))

    def _invocation(self, box: Element, names: Names) -> Node:
        function = box.one(*BOXES)
        if function is None:
            self.reading.doubt("D16", box, allowed="literalExpression")
            return Const(None)
        given = []
        for binding in box.all("binding"):
            param = binding.one("parameter")
            value = self.of(binding, names) if binding.one(*BOXES) else Const(None)
            given.append((_name(param), value))
        args, called = tuple(value for _, value in given), tuple(name for name, _ in given)
        return syntax.Call(self.node(function, names), args, called or None)

    def _relation(self, box: Element, names: Names) -> Node:
        columns = [_name(each) for each in box.all("column")]
        for name in columns:
            self.reading.members.add(name)
        rows = []
        for row in box.all("row"):
            cells = row.all(*BOXES)
            if len(cells) != len(columns):
                raise refused("D13", row.place, row.called, what="expression", got=len(cells), wanted=str(len(columns)))
            entries = [Entry(name, self.node(each, names)) for name, each in zip(columns, cells, strict=True)]
            rows.append(syntax.Record(tuple(entries)))
        return syntax.ListOf(tuple(rows))

    def _part(self, box: Element, tag: str, names: Names) -> Node:
        part = box.one(tag)
        if part is None:
            self.reading.doubt("D16", box, allowed=tag)
            return Const(None)
        return self.of(part, names)

    def _filter(self, box: Element, names: Names) -> Node:
        subject = self._part(box, "in", names)
        return syntax.Filter(subject, self._part(box, "match", Names(("item", *_components(self.types)), names)))

    def _loop(self, box: Element, names: Names) -> Node:
        variable = " ".join(box.get("iteratorVariable").split())
        iterator = syntax.Iterator(variable, self._part(box, "in", names))
        scope = Names((variable, "partial") if box.tag == "for" else (variable,), names)
        if box.tag == "for":
            return syntax.For((iterator,), self._part(box, "return", scope))
        return syntax.Quantified(box.tag, (iterator,), self._part(box, "satisfies", scope))


def _name(element: Element | None) -> str:
    return " ".join(element.get("name").split()) if element else ""


def _components(types: Types) -> list[str]:
    """Return the names of all components: in a filter, those of an element stand for themselves."""
    found: dict[str, None] = {}
    stack = list(types.values())
    while stack:
        kind = stack.pop()
        if hasattr(kind, "fields"):
            found |= dict.fromkeys(kind.fields)
            stack.extend(kind.fields.values())
        elif hasattr(kind, "of"):
            stack.append(kind.of)
    return list(found)
