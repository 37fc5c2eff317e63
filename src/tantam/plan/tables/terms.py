"""Builds the scope of a plan: computed terms typed in the order they need each other, cycles found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tantam.plan.errors import Finding
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.findings import finding
from tantam.plan.tables.form import Table, Wanted
from tantam.plan.tables.nodes import Expr, Literal, terms_in
from tantam.plan.tables.scope import ByTable, Computed, Declared, Given, Scope, Term
from tantam.plan.tables.table import build_table
from tantam.plan.tables.types import Broken, Duration, RecordOf, Type
from tantam.plan.tables.values import Family, Span
from tantam.plan.ways import Edge, depth_first

LONGEST_CHAIN = 60


def build_scope(
    declared: Sequence[Declared], records: Mapping[str, RecordOf], currency: str
) -> tuple[Scope, list[Finding]]:
    """Return the scope of all declared terms and every finding in them. Set `deadline` with dataclasses.replace."""
    typed = _Typed({each.name: each for each in declared}, records, currency)
    terms = {name: typed[name] for name in typed}
    scope = Scope(terms, records, currency)
    findings = list(typed.findings)
    for each in declared:
        if isinstance(each, ByTable):
            wanted = Wanted(f"terms.{each.name}", {each.name: each.type}, cross=each.name)
            table, wrong = build_table(each.table, scope, wanted)
            findings += wrong
            terms[each.name] = replace(terms[each.name], table=table, type=_decided_type(each.type, table))
    cycles = _cycles(terms)
    for name in cycles:
        terms[name] = replace(terms[name], computed=None, table=None)
    return scope, findings + list(cycles.values())


class _Typed(Mapping[str, Term]):
    """The terms while they are typed: a computed one when it is first asked for."""

    def __init__(self, declared: Mapping[str, Declared], records: Mapping[str, RecordOf], currency: str) -> None:
        self.declared = declared
        self.scope = Scope(self, records, currency)
        self.done: dict[str, Term] = {}
        self.depth = 0
        self.findings: list[Finding] = []

    def __iter__(self) -> Iterator[str]:
        return iter(self.declared)

    def __len__(self) -> int:
        return len(self.declared)

    def __contains__(self, name: object) -> bool:
        return name in self.declared

    def __getitem__(self, name: str) -> Term:
        if name not in self.done:
            each = self.declared[name]
            match each:
                case Given(type=kind, place=place, default=default):
                    self.done[name] = Term(name, kind, place, default=default)
                case ByTable(type=kind, place=place):
                    self.done[name] = Term(name, kind, place)
                case Computed(place=place):
                    # While it is being typed it fits everything: a cycle is told once, as a cycle.
                    self.done[name] = Term(name, Broken(), place)
                    self.done[name] = self._computed(each)
        return self.done[name]

    def _computed(self, each: Computed) -> Term:
        if self.depth >= LONGEST_CHAIN:
            self.findings.append(finding("T23", each.place, got=each.name, allowed=str(LONGEST_CHAIN)))
            return Term(each.name, Broken(), each.place)
        self.depth += 1
        tree, findings = parse(each.text, each.place)
        if tree is not None:
            tree, findings = check(tree, self.scope)
        self.depth -= 1
        self.findings += [replace(found, clause=f"terms.{each.name}") for found in findings]
        kind = tree.type if tree is not None else Broken()
        return Term(each.name, kind, each.place, computed=tree if not findings else None)


def _decided_type(declared: Type, table: Table | None) -> Type:
    """Return the type of a term that a table decides: a duration has the family of its cells."""
    if table is None or not isinstance(declared, Duration):
        return declared
    families = {_family(out.expr) for row in table.rows for out in row.outputs.values() if not _is_nothing(out.expr)}
    if len(families) != 1:
        return Duration(None) if families else declared
    return replace(declared, family=families.pop())


def _is_nothing(expr: Expr) -> bool:
    """Return whether the result is a span of nothing, which is of any family."""
    return isinstance(expr, Literal) and isinstance(expr.value, Span) and expr.value.is_zero


def _family(expr: Expr) -> Family | None:
    """Return the family of a result; a range has none, for it does not compare."""
    if isinstance(expr, Literal):
        return expr.value.family if isinstance(expr.value, Span) else None
    return expr.type.family if isinstance(expr.type, Duration) else None


def _cycles(terms: Mapping[str, Term]) -> dict[str, Finding]:
    """Return a finding for each term that, by way of others, needs itself."""
    needs = {name: [each for each in _needs(term) if each in terms] for name, term in terms.items()}
    found: dict[str, Finding] = {}
    for each in depth_first(terms, needs.__getitem__):
        if isinstance(each, Edge) and each.circle:
            found.setdefault(each.target, finding("T22", terms[each.target].place, got=" → ".join(each.circle)))
    return found


def _needs(term: Term) -> tuple[str, ...]:
    exprs: list[Expr] = [term.computed] if term.computed is not None else []
    if term.table is not None:
        exprs += [column.expr for column in term.table.inputs if column.expr is not None]
        for row in term.table.rows:
            exprs += [condition.expr for condition in row.conditions if condition is not None]
            exprs += [out.expr for out in row.outputs.values()]
    return tuple(dict.fromkeys(name for expr in exprs for name in terms_in(expr)))
