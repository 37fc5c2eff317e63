"""One case before the plan: what is known of it, with what the plan can add by itself (today, the groups)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.run.answers import Because, Fact, Standing
from tantam.plan.run.facts import Given, read_facts, value_text
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
            if clause and fact and not fact.standing.reaches(Standing(clause.demands)):
                found[term] = None
        return tuple(found)

    def because(self, clause: str, rule: str, key: str, **more: Any) -> Because:
        """Return a because of this plan. more: args, facts, law."""
        return Because(self.plan.name, clause, rule, key, plan=self.plan, **more)

    def told(self, terms: Iterable[str]) -> dict[str, str]:
        """Return the known among `terms` with their values as fact text, computed ones included."""
        found: dict[str, str] = {}
        for term in terms:
            if term not in self.plan.scope.terms:
                continue
            value = self.values.get(term)
            if value is None:
                value = term_value(term, self.values, self.plan.scope).value
            if value is not None:
                found[term] = value_text(value)
        return dict(list(found.items())[:MOST_REASONS])

    def mattered(self, row: Row | None, used: Iterable[str]) -> dict[str, str]:
        """Return the facts that made a row fire: those its conditions speak of, else all that were looked at."""
        tested = [term for each in row.conditions if each for term in terms_in(each.expr)] if row else []
        return self.told(dict.fromkeys(tested)) or self.told(dict.fromkeys(used))


def case_of(plan: Plan, given: Given, *, now: datetime) -> Case:
    """Return the case with all that is known of it. Raises UnknownName, BadFact."""
    facts = read_facts(plan, given, now=now)
    local = now.astimezone(ZoneInfo(plan.zone))
    today = {"clock.today": local.date(), "clock.now": now, "clock.time": local.time()}
    for name, clause in plan.terms.items():
        if clause.source in today and name not in facts:
            facts[name] = Fact(today[clause.source], Standing.VERIFIED)
    case = Case(plan, facts, {term: fact.value for term, fact in facts.items()}, now)
    return _with_groups(case)


def groups_in(case: Case) -> tuple[str, ...]:
    """Return the groups whose condition holds, in the plan's order; of two that exclude each other the first."""
    found: list[str] = []
    for name, group in case.plan.groups.items():
        holds = group.when is not None and case.holds(group.when).value is True
        if holds and not set(found) & set(group.exclusive):
            found.append(name)
    return tuple(found)


def _with_groups(case: Case) -> Case:
    clause = case.plan.terms.get("group")
    if clause is None or not clause.builtin or "group" in case.facts:
        return case
    group = Fact(frozenset(groups_in(case)), Standing.RECORDED)
    facts = {**case.facts, "group": group}
    return Case(case.plan, facts, {**case.values, "group": group.value}, case.now)
