"""Which tables a plan's checks look at, and what can be taken for granted when each is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tantam.plan.errors import Place, Severity
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import Both, Expr, Fact, Has, Literal, Not
from tantam.plan.tables.table import Table
from tantam.plan.tables.types import OneOf, SomeOf, YesNo


@dataclass(frozen=True, slots=True)
class Subject:
    """A table to look at. assumed: conditions that hold whenever it is asked.

    unanswered: how much a case without a row weighs, None where nothing is owed then.
    compared: whether two rows for one case must agree. only: the label that selects these rows, "" for all.
    binding: the plan says that it grants by itself, so that whatever a row says is owed at once.
    """

    table: Table
    assumed: tuple[Expr, ...]
    unanswered: Severity | None
    compared: bool
    only: str = ""
    binding: bool = False


def subjects(plan: Plan) -> Iterator[Subject]:
    """Yield every table of the plan that decides something."""
    always = held_always(plan)
    defaults = plan.document.triage is not None and bool(plan.document.triage.otherwise)
    for table in plan.triage:
        yield Subject(table, always, None if defaults else Severity.WARNING, compared=True)
    for policy in plan.policies.values():
        if policy.must is not None:
            yield Subject(policy.must, always, None, compared=False)
        if policy.decides is not None and policy.decides.inputs:
            decides = policy.decides
            one_answer = decides.hit.single
            unanswered = Severity.ERROR if one_answer else None
            binding = grants_itself(plan, policy)
            yield Subject(decides, assumed_of(plan, policy), unanswered, one_answer, binding=binding)
    for term in plan.scope.terms.values():
        if term.table is not None:
            yield Subject(term.table, always, Severity.ERROR, compared=True)
    for table in (*plan.promises.tables, *(each for each in (plan.limits, plan.follow_ups) if each)):
        yield from _by_label(table, always)


def held_always(plan: Plan) -> tuple[Expr, ...]:
    """Return what holds in every case: the conditions of `always`, then that groups exclude each other."""
    return (*(each.expr for each in plan.always), *_exclusive(plan))


def grants_itself(plan: Plan, policy: Policy) -> bool:
    """Return whether the policy says that the plan grants: `granted_by: plan`, written."""
    written = (plan.document.policies or {})[policy.name].granted_by
    return written is not None and policy.granted_by == "plan"


def assumed_of(plan: Plan, policy: Policy) -> tuple[Expr, ...]:
    """Return what holds whenever a policy decides: what always does, and its requirements, met before."""
    return (*held_always(plan), *_required(plan, policy))


def _by_label(table: Table, always: tuple[Expr, ...]) -> Iterator[Subject]:
    """Yield the rows of each kind of promise, topic or event by itself; where none matches, nothing is owed."""
    compared = table.hit.single
    if not table.labels:
        yield Subject(table, always, None, compared)
        return
    label = table.labels[0]
    for value in dict.fromkeys(row.labels.get(label, "") for row in table.rows):
        yield Subject(table.only(label, value), always, None, compared, only=value)


def _required(plan: Plan, policy: Policy) -> Iterator[Expr]:
    """Yield what has been met before a policy decides: its shared requirements and its own."""
    for name in policy.needs:
        if name in plan.requirements:
            yield plan.requirements[name].must
    for row in policy.must.rows if policy.must is not None else ():
        yield from (cell.expr for cell in row.conditions if cell is not None)


def _exclusive(plan: Plan) -> Iterator[Expr]:
    """Yield that nobody is in two groups of which one excludes the other."""
    kind = SomeOf(tuple(plan.groups))
    for group in plan.groups.values():
        for other in group.exclusive:
            both = tuple(_has(kind, name, group.place) for name in (group.name, other))
            yield Not(Both(both, group.place, YesNo()), group.place, YesNo())


def _has(kind: SomeOf, name: str, place: Place) -> Expr:
    return Has(Fact(("group",), place, kind), Literal(name, place, OneOf(kind.values), name), place, YesNo())
