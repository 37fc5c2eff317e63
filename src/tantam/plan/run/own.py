"""What the plan knows of a case by itself, worked out once a policy: the clock and the customer's groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Policy
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.reach import exprs_in, given_below

CLOCKS = ("clock.today", "clock.now", "clock.time")


@dataclass(frozen=True, slots=True)
class Own:
    """The plan's own terms that matter. clocks: (term, source) with a source of CLOCKS; group: whether `group` does."""

    clocks: tuple[tuple[str, str], ...]
    group: bool


def own_terms(plan: Plan, policy: Policy | None) -> Own:
    """Return which of the plan's own terms a policy can come to read; None is whoever may read any of them."""
    key = (Own, policy.name if policy else "")
    known: Own | None = plan.prepared.get(key)
    if known is None:
        known = plan.prepared[key] = _all_own(plan) if policy is None else _own(plan, policy)
    return known


def clock_value(plan: Plan, source: str, now: datetime) -> date | time:
    """Return the day, the moment or the time of day of `now` in the company's zone."""
    if source == "clock.now":
        return now
    local = now.astimezone(ZoneInfo(plan.zone))
    return local.date() if source == "clock.today" else local.time()


def _all_own(plan: Plan) -> Own:
    clocks = tuple((name, clause.source) for name, clause in plan.terms.items() if clause.source in CLOCKS)
    group = plan.terms.get("group")
    return Own(clocks, group is not None and group.builtin)


def _own(plan: Plan, policy: Policy) -> Own:
    whole = _all_own(plan)
    read = set(given_below(_exprs(plan, policy), plan.scope))
    group = whole.group and "group" in read
    if group:
        read |= set(given_below((each.when for each in plan.groups.values() if each.when), plan.scope))
    return Own(tuple((term, source) for term, source in whole.clocks if term in read), group)


def _exprs(plan: Plan, policy: Policy) -> Iterator[Expr]:
    """Yield every expression that an answer of the policy may evaluate."""
    yield from (plan.requirements[name].must for name in policy.needs)
    arguments = (outcome.arguments for outcome in policy.outcomes.values())
    for table in (policy.must, policy.decides, *arguments):
        if table is not None:
            yield from exprs_in(table)
            yield from (column.expr for column in table.inputs if column.expr is not None)
    yield from (expr for expr in (policy.waits_for_expr, policy.unless_expr) if expr is not None)
