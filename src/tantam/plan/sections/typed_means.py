"""Privacy, costs, precedence, products and the budgets of policies, typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tantam.plan.sections.base import by_language
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.clauses_care import Cost, ProductLine, Retention, Sales
from tantam.plan.sections.policies import Policy as WrittenPolicy
from tantam.plan.sections.teller import Teller, share_of
from tantam.plan.sections.told import Told

THEN = ("erase", "anonymise")
PROOFS = ("contact", "colleague")
BINDS = ("contract", "product", "group", "plan")
FOR_GOOD = ("always", "for good", "for ever")
LONGEST_BUDGET = 200  # characters
_BUDGET = re.compile(r"^\s*(.*?\S)(?:\s+of\s+\w+)?(?:\s+(?:a|an|per)\s+(\w+))?\s*$")


def build_privacy(teller: Teller, told: Told) -> dict[str, Retention]:
    """Return how long what is kept, and by when what is asked about it is answered."""
    built = {}
    for name, each in (told.privacy or {}).items():
        here = teller.within("privacy", name)
        keep = None if each.keep in FOR_GOOD else here.span(each.keep, "keep")
        then = here.choice(each.then, THEN, "then")
        what = here.words(each.what, each.label, each.words)
        built[name] = Retention(
            name,
            here.place(),
            what,
            keep,
            then,
            each.law or "",
            answer=here.span(each.answer, "answer"),
            extend=here.span(each.extend, "extend"),
            proof=here.choice(each.proof, PROOFS, "proof"),
        )
    return built


def build_sales(teller: Teller, told: Told) -> Sales:
    """Return what counts before the sale."""
    each, here = told.sales, teller.within("sales")
    if each is None:
        return Sales()
    reasons = (each.lost_because or {}).items()
    return Sales(
        quotes_valid=here.span(each.quotes_valid, "quotes_valid"),
        lost_because={name: here.within("lost_because", name).words(one.label, one.about) for name, one in reasons},
        lost_after=here.span(each.lost_after, "lost_after"),
        won_back_within=here.span(each.won_back_within, "won_back_within"),
    )


def build_costs(teller: Teller, told: Told) -> dict[str, Cost]:
    """Return what things cost."""
    built = {}
    for name, each in (told.costs or {}).items():
        here = teller.within("costs", name)
        written, _, per = (each.amount or "").partition(" per ")
        amount = here.amount(written, "amount")
        label = here.words(each.label, each.name, each.about)
        built[name] = Cost(name, here.place(), label, amount, each.per or per.strip())
    return built


def build_precedence(teller: Teller, told: Told) -> tuple[str, ...]:
    """Return which commitment goes before which."""
    found = (teller.choice(each, BINDS, "precedence") for each in told.precedence or ())
    return tuple(dict.fromkeys(each for each in found if each))


def build_products(teller: Teller, told: Told) -> dict[str, ProductLine]:
    """Return the lines of products with their yardsticks."""
    built = {}
    for name, each in (told.products or {}).items():
        here = teller.within("products", name)
        built[name] = ProductLine(
            name,
            here.place(),
            label=here.words(each.label, each.name),
            measures=here.names("measure", each.measures, "measures"),
            goals=here.names("goal", each.goals, "goals"),
        )
    return built


def budgeted(
    teller: Teller, policies: Mapping[str, Policy], written: Mapping[str, WrittenPolicy]
) -> Mapping[str, Policy]:
    """Return the policies with their budgets, priorities and costs, as far as these can be read."""
    return {name: _budgeted(teller, each, written[name]) for name, each in policies.items()}


def _budgeted(teller: Teller, policy: Policy, written: WrittenPolicy) -> Policy:
    here = teller.within("policies", policy.name)
    priority = written.priority if isinstance(written.priority, str) else None
    said = _said(here, written.budget)
    topics = here.names("topic", written.topics, "topics")
    measure = here.name("measure", written.cost_measure, "cost_measure")
    procedure = here.name("procedure", written.procedure, "procedure")
    policy = replace(
        policy,
        priority=here.whole(priority, "priority"),
        topics=topics,
        procedure=procedure,
        cost_measure=measure,
        budget=said,
    )
    if not said or (isinstance(written.budget, str) and here.foreign(said, "budget")):
        return policy
    return _funded(here, policy)


def _said(teller: Teller, budget: Any) -> str:
    """Return a budget as one line: `2 % of sales`, `50_000 EUR a year`; of texts by language the company's own."""
    if isinstance(budget, dict) and all(isinstance(each, str) for each in budget.values()):
        return next(iter(by_language(budget, teller.draft.languages).values()), "")
    return budget if isinstance(budget, str) else ""


def _funded(teller: Teller, policy: Policy) -> Policy:
    parts = _BUDGET.match(policy.budget[:LONGEST_BUDGET])
    if parts is None:
        return policy
    amount = teller.draft_amount(parts[1])
    if amount is None and share_of(parts[1]) is None and not teller.draft.hides_currency():
        teller.strange(policy.budget, "A_budget", "budget")
    return replace(policy, budget_amount=amount, budget_per=parts[2] or "")
