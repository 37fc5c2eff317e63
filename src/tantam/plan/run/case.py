"""One case before the plan: what is known of it, with what the plan can add by itself (today, the groups)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tantam.plan.run.answers import Because
from tantam.plan.run.facts import Given, read_facts, value_text
from tantam.plan.run.ready import Own, all_own, clock_value
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.sections import Plan
from tantam.plan.tables.evaluate import Fired, Known, evaluate, term_value
from tantam.plan.tables.nodes import Expr, terms_in
from tantam.plan.tables.table import Row, Table

MOST_REASONS = 4


@dataclass(frozen=True)
class Case:
    """A plan and the facts of one case. values: what expressions read, by term."""

    plan: Plan
    facts: Mapping[str, Fact]
    values: Mapping[str, Any]
    now: datetime

    def holds(self, expr: Expr) -> Known:
        """Return whether a condition holds, or which term to ask for."""
        return evaluate(expr, self.values, self.plan.scope)

    def fire(self, table: Table) -> Fired:
        """Return what one of the plan's tables answers."""
        return self.plan.compiled(table)(self.values)

    def weak(self, used: Iterable[str]) -> tuple[str, ...]:
        """Return the terms of `used` that are known less well than they demand, each once."""
        found: dict[str, None] = {}
        for term in used:
            clause, fact = self.plan.terms.get(term), self.facts.get(term)
            if clause and fact and not fact.standing.reaches(clause.demands):
                found[term] = None
        return tuple(found)

    def because(self, clause: str, rule: str, key: str, **more: Any) -> Because:
        """Return a because of this plan. more: args, facts, law."""
        return Because(self.plan.name, clause, rule, key, plan=self.plan, **more)

    def value(self, term: str) -> Any:
        """Return a term's value, computed ones included; None if it is not known."""
        given = self.values.get(term)
        return term_value(term, self.values, self.plan.scope).value if given is None else given

    def told(self, terms: Iterable[str]) -> dict[str, str]:
        """Return the first known among `terms` with their values as fact text, computed ones included."""
        found: dict[str, str] = {}
        for term in terms:
            value = self.value(term)
            if value is not None:
                found[term] = value_text(value)
                if len(found) == MOST_REASONS:
                    break
        return found

    def mattered(self, row: Row | None, used: Iterable[str]) -> dict[str, str]:
        """Return the facts that made a row fire: those its conditions speak of, else all that were looked at."""
        return self.told(self._tested(row) if row else ()) or self.told(used)

    def _tested(self, row: Row) -> tuple[str, ...]:
        """Return the terms that a row's conditions speak of; a row lives as long as its plan, so its id names it."""
        known: tuple[str, ...] | None = self.plan.prepared.get(id(row))
        if known is None:
            tested = (term for each in row.conditions if each for term in terms_in(each.expr))
            known = self.plan.prepared[id(row)] = tuple(dict.fromkeys(tested))
        return known


def case_of(plan: Plan, given: Given, *, now: datetime, own: Own | None = None) -> Case:
    """Return the case with all that is known of it. Raises UnknownName, BadFact.

    own: what of the plan's own terms will be read; None for any of them.
    """
    facts = read_facts(plan, given, now=now)
    own = own or all_own(plan)
    for term, source in own.clocks:
        if term not in facts:
            facts[term] = Fact(clock_value(plan, source, now), Standing.VERIFIED)
    case = Case(plan, facts, {term: fact.value for term, fact in facts.items()}, now)
    return _with_groups(case) if own.group and "group" not in facts else case


def groups_in(case: Case) -> tuple[str, ...]:
    """Return the groups whose condition holds, in the plan's order; of two that exclude each other the first."""
    return tuple(name for name, holds in _memberships(case) if holds)


def known_groups_in(case: Case) -> tuple[str, ...] | None:
    """Return the same, or None where a condition is unknown and no group before it excludes that one."""
    found = list(_memberships(case))
    return None if any(holds is None for _, holds in found) else tuple(name for name, holds in found if holds)


def _memberships(case: Case) -> Iterator[tuple[str, bool | None]]:
    """Yield each group of the plan with whether the customer is in it, None where an unknown fact decides."""
    found: set[str] = set()
    for name, group in case.plan.groups.items():
        if group.when is None or found & set(group.exclusive):
            yield name, False
            continue
        holds = case.holds(group.when).value
        if holds is True:
            found.add(name)
        yield name, holds if isinstance(holds, bool) else None


def _with_groups(case: Case) -> Case:
    group = Fact(frozenset(groups_in(case)), Standing.RECORDED)
    return replace(case, facts={**case.facts, "group": group}, values={**case.values, "group": group.value})
