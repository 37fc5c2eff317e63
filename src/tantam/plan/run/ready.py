"""A policy made ready to answer, once a plan: its tables compiled, and what the plan itself adds to the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Policy
from tantam.plan.spoken import PLACEHOLDER
from tantam.plan.tables.evaluate import CompiledTable
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.reach import exprs_in, given_below

CLOCKS = ("clock.today", "clock.now", "clock.time")


@dataclass(frozen=True, slots=True)
class Own:
    """Which of the plan's own terms matter. clocks: (term, source), a source of CLOCKS; group: whether `group` does."""

    clocks: tuple[tuple[str, str], ...]
    group: bool


@dataclass(frozen=True, slots=True)
class Ready:
    """What an answer of a policy takes. own: the plan's terms that it can come to read.

    carried: by outcome, what it carries whatever the facts are; arguments: the tables of outcomes where facts count.
    """

    own: Own
    must: CompiledTable | None
    decides: CompiledTable | None
    carried: Mapping[str, Mapping[str, Any]]
    arguments: Mapping[str, CompiledTable]


def ready(plan: Plan, policy: Policy) -> Ready:
    """Return the policy made ready."""
    known: Ready | None = plan.prepared.get((Ready, policy.name))
    if known is None:
        arguments = {name: plan.compiled(each.arguments) for name, each in policy.outcomes.items() if each.arguments}
        carried = {name: table({}).outputs for name, table in arguments.items() if table.is_constant}
        known = plan.prepared[Ready, policy.name] = Ready(
            _own(plan, policy),
            plan.compiled(policy.must) if policy.must else None,
            plan.compiled(policy.decides) if policy.decides else None,
            carried,
            {name: table for name, table in arguments.items() if name not in carried},
        )
    return known


def all_own(plan: Plan) -> Own:
    """Return all of the plan's own terms."""
    known: Own | None = plan.prepared.get(Own)
    if known is None:
        clocks = tuple((name, clause.source) for name, clause in plan.terms.items() if clause.source in CLOCKS)
        group = plan.terms.get("group")
        known = plan.prepared[Own] = Own(clocks, group is not None and group.builtin)
    return known


def clock_value(plan: Plan, source: str, now: datetime) -> date | time:
    """Return the day, the moment or the time of day of `now` in the company's zone."""
    if source == "clock.now":
        return now
    local = now.astimezone(ZoneInfo(plan.zone))
    return local.date() if source == "clock.today" else local.time()


def named_terms(plan: Plan, key: str) -> tuple[str, ...]:
    """Return the terms that the plan's text `key` speaks of in `{braces}`, in any language."""
    known: tuple[str, ...] | None = plan.prepared.get((named_terms, key))
    if known is None:
        named = (name for words in plan.texts.get(key, {}).values() for name in PLACEHOLDER.findall(words))
        terms = tuple(dict.fromkeys(name for name in named if name in plan.terms and name not in plan.outputs))
        known = plan.prepared[named_terms, key] = terms
    return known


def _own(plan: Plan, policy: Policy) -> Own:
    everything = all_own(plan)
    read = set(given_below(_exprs(plan, policy), plan.scope))
    group = everything.group and "group" in read
    if group:
        read |= set(given_below((each.when for each in plan.groups.values() if each.when), plan.scope))
    return Own(tuple((term, source) for term, source in everything.clocks if term in read), group)


def _exprs(plan: Plan, policy: Policy) -> Iterator[Expr]:
    """Yield every expression that an answer of the policy may evaluate."""
    yield from (plan.requirements[name].must for name in policy.needs)
    arguments = (outcome.arguments for outcome in policy.outcomes.values())
    for table in (policy.must, policy.decides, *arguments):
        if table is not None:
            yield from exprs_in(table)
            yield from (column.expr for column in table.inputs if column.expr is not None)
    yield from (expr for expr in (policy.waits_for_expr, policy.unless_expr) if expr is not None)
