"""Privacy, costs, precedence, products and the budgets of policies, typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tantam.plan.sections.base import by_language
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.clauses_care import Cost, ProductLine, Retention
from tantam.plan.sections.draft import Path
from tantam.plan.sections.policies import Policy as WrittenPolicy
from tantam.plan.sections.teller import Teller, share_of
from tantam.plan.sections.told import Told

THEN = ("erase", "anonymise")
BINDS = ("contract", "product", "group", "plan")
FOR_GOOD = ("always", "for good", "for ever")
LONGEST_BUDGET = 200  # characters
_BUDGET = re.compile(r"^\s*(.*?\S)(?:\s+of\s+(\w+))?(?:\s+(?:a|an|per)\s+(\w+))?\s*$")


def build_privacy(teller: Teller, told: Told) -> dict[str, Retention]:
    """Return how long what is kept."""
    built = {}
    for name, each in (told.privacy or {}).items():
        path: Path = ("privacy", name)
        keep = None if each.keep in FOR_GOOD else teller.span(each.keep, (*path, "keep"))
        then = teller.choice(each.then, THEN, (*path, "then"))
        what = teller.words(each.what, each.label, each.words)
        built[name] = Retention(name, teller.place(*path), what, keep, then, each.law or "")
    return built


def build_costs(teller: Teller, told: Told) -> dict[str, Cost]:
    """Return what things cost."""
    built = {}
    for name, each in (told.costs or {}).items():
        path: Path = ("costs", name)
        written, _, per = (each.amount or "").partition(" per ")
        amount = teller.amount(written, (*path, "amount"))
        label = teller.words(each.label, each.name, each.about)
        built[name] = Cost(name, teller.place(*path), label, amount, each.per or per.strip())
    return built


def build_precedence(teller: Teller, told: Told) -> tuple[str, ...]:
    """Return which commitment goes before which."""
    found = (teller.choice(each, BINDS, ("precedence",)) for each in told.precedence or ())
    return tuple(dict.fromkeys(each for each in found if each))


def build_products(teller: Teller, told: Told) -> dict[str, ProductLine]:
    """Return the lines of products with their yardsticks."""
    known, built = teller.known, {}
    for name, each in (told.products or {}).items():
        path: Path = ("products", name)
        built[name] = ProductLine(
            name,
            teller.place(*path),
            label=teller.words(each.label, each.name),
            measures=teller.names("measure", each.measures, known.measures, (*path, "measures")),
            goals=teller.names("goal", each.goals, known.goals, (*path, "goals")),
        )
    return built


def budgeted(
    teller: Teller, policies: Mapping[str, Policy], written: Mapping[str, WrittenPolicy]
) -> Mapping[str, Policy]:
    """Return the policies with their budgets, priorities and costs, as far as these can be read."""
    return {name: _budgeted(teller, each, written[name]) for name, each in policies.items()}


def _budgeted(teller: Teller, policy: Policy, written: WrittenPolicy) -> Policy:
    path: Path = ("policies", policy.name)
    priority = written.priority if isinstance(written.priority, str) else None
    said = _said(teller, written.budget)
    topics = teller.names("topic", written.topics, teller.known.topics, (*path, "topics"))
    measure = teller.name("measure", written.cost_measure, teller.known.measures, (*path, "cost_measure"))
    procedure = teller.name("procedure", written.procedure, teller.known.procedures, (*path, "procedure"))
    policy = replace(
        policy,
        priority=teller.whole(priority, (*path, "priority")),
        topics=topics,
        procedure=procedure,
        cost_measure=measure,
        budget=said,
    )
    if not said or (isinstance(written.budget, str) and teller.foreign(said, (*path, "budget"))):
        return policy
    return _funded(teller, policy, (*path, "budget"))


def _said(teller: Teller, budget: Any) -> str:
    """Return a budget as one line: `2 % of sales`, `50_000 EUR a year`; of texts by language the company's own."""
    if isinstance(budget, dict) and all(isinstance(each, str) for each in budget.values()):
        return next(iter(by_language(budget, teller.draft.languages).values()), "")
    return budget if isinstance(budget, str) else ""


def _funded(teller: Teller, policy: Policy, path: Path) -> Policy:
    parts = _BUDGET.match(policy.budget[:LONGEST_BUDGET])
    if parts is None:
        return policy
    share, amount = share_of(parts[1]), teller.draft_amount(parts[1])
    if share is None and amount is None and not teller.draft.hides_currency():
        teller.strange(path, policy.budget, "A_budget")
        return policy
    return replace(
        policy, budget_share=share, budget_of=parts[2] or "", budget_amount=amount, budget_per=parts[3] or ""
    )
