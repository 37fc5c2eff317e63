"""Why a customer is in a group, and which share of the plan's profile they are counted to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tantam.plan.errors import Place
from tantam.plan.run.case import Case, case_of, groups_in
from tantam.plan.run.facts import Given, value_text
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses_care import Trait
from tantam.plan.tables import nodes
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse_condition
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.types import YesNo

UNKNOWN = ""  # the cell of whom the trait's term is not known
OTHERWISE = "otherwise"  # the cell of whom the plan expects no share of
MOST_GROUNDS = 4
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NOWHERE = Place("", 1, 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact that puts somebody in a group. term: its name; value: as fact text.

    op, bound: what it was held against (`>=`, `65`); both "" where the value says enough.
    """

    term: str
    value: str
    op: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where one customer stands. groups: in the plan's order, each with why; traits: the cell of each countable trait,
    UNKNOWN where its term is not known, OTHERWISE where no cell takes it."""

    groups: Mapping[str, tuple[Ground, ...]]
    traits: Mapping[str, str]


def belonging(plan: Plan, facts: Given, *, now: datetime) -> Belonging:
    """Return a customer's groups and traits by what is known of them. Raises UnknownName, BadFact.

    The groups are those of `groups_of`; each rests on at most MOST_GROUNDS facts.
    """
    case = case_of(plan, facts, now=now)
    groups = {name: _why(case, name) for name in groups_in(case)}
    return Belonging(groups, {each.name: _cell(case, each) for each in countable(plan)})


def countable(plan: Plan) -> tuple[Trait, ...]:
    """Return the traits of the profile that customers can be counted by: those with a term and shares."""
    return tuple(each for each in plan.profile.values() if each.term and each.expected)


def _why(case: Case, group: str) -> tuple[Ground, ...]:
    when = case.plan.groups[group].when
    grounds = dict.fromkeys(_grounds(case, when, holds=True)) if when is not None else {}
    return tuple(grounds)[:MOST_GROUNDS]


def _grounds(case: Case, expr: Expr, *, holds: bool) -> Iterator[Ground]:
    """Yield what decides that a condition holds, or that it does not."""
    match expr:
        case nodes.Both(parts=parts) | nodes.Either(parts=parts):
            decided = [each for each in parts if case.holds(each).value is holds]
            alone = isinstance(expr, nodes.Either) is holds  # one part is enough
            for part in decided[:1] if alone else decided:
                yield from _grounds(case, part, holds=holds)
        case nodes.Not(operand=operand):
            yield from _grounds(case, operand, holds=not holds)
        case nodes.Compare(op=op, left=nodes.Fact(path=(term,)), right=nodes.Literal() as bound) if holds:
            yield from _held(case, term, op, bound)
        case nodes.Compare(op=op, left=nodes.Literal() as bound, right=nodes.Fact(path=(term,))) if holds:
            yield from _held(case, term, _TURNED[op], bound)
        case nodes.Fact(path=(term,)) if (computed := _computed(case.plan, term)) is not None:
            yield from _grounds(case, computed, holds=holds)
        case _:
            yield from (Ground(term, text) for term in nodes.terms_in(expr) if (text := _text(case, term)))


def _held(case: Case, term: str, op: str, bound: nodes.Literal) -> Iterator[Ground]:
    text = _text(case, term)
    if text:
        yield Ground(term, text) if op == "=" else Ground(term, text, op, value_text(bound.value))


def _computed(plan: Plan, term: str) -> Expr | None:
    """Return the condition that a yes-no term is computed by, which says more than its yes; None for others."""
    clause = plan.scope.terms.get(term)
    return clause.computed if clause is not None and isinstance(clause.type, YesNo) else None


def _text(case: Case, term: str) -> str:
    value = case.value(term)
    return "" if value is None else value_text(value)


def _cell(case: Case, trait: Trait) -> str:
    """Return the first of the trait's cells that takes the customer."""
    if case.value(trait.term) is None:
        return UNKNOWN
    for cell, condition in _conditions(case.plan, trait):
        if condition is not None and case.holds(condition).value is True:
            return cell
    return OTHERWISE


def _conditions(plan: Plan, trait: Trait) -> tuple[tuple[str, Expr | None], ...]:
    """Return each cell of a trait as a condition, None for one that cannot be read; read once a plan."""
    key = ("profile", trait.name)
    if key not in plan.prepared:
        plan.prepared[key] = tuple((cell, _condition(plan, trait.term, cell)) for cell, _ in trait.expected)
    found: tuple[tuple[str, Expr | None], ...] = plan.prepared[key]
    return found


def _condition(plan: Plan, term: str, cell: str) -> Expr | None:
    subject, _ = check(nodes.Name((term,), _NOWHERE), plan.scope)
    tree, findings = parse_condition(cell, _NOWHERE, subject)
    if tree is not None and not findings:
        tree, findings = check(tree, plan.scope, YesNo())
    return None if findings else tree
