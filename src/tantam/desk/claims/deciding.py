"""Asks the policies: which version counts, with which facts, and the same again later from what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tantam.desk import plans
from tantam.desk.cases.act import Act
from tantam.desk.cases.facts import facts_of as of_case
from tantam.desk.cases.facts import terms_of
from tantam.desk.claims.facts import SERIAL, Claimed
from tantam.desk.claims.facts import facts_of as claims_before
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock
from tantam.desk.customers import serials
from tantam.desk.customers.facts import facts_of as of_customer
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Answer, Fact, RunningPlan, Standing, answers

OF_A_NEW_CASE = {"case.broken_promises": Fact(0, Standing.RECORDED)}


@dataclass(frozen=True, slots=True)
class Decided:
    """An answer, the version that gave it, and the facts that it was given."""

    plan: RunningPlan
    facts: Mapping[str, Fact]
    answer: Answer

    @property
    def binding(self) -> bool:
        """Whether the plan grants it itself, at once: it gives something, rests on nothing told, and names nobody."""
        answer = self.answer
        return answers.gives(answer, self.plan) and not answer.conditional and answer.granted_by == answers.BY_PLAN

    def taken(self, outcome: str) -> Decided:
        """Return the same with what the customer chose of it; itself where it does not let them choose that."""
        return replace(self, answer=answers.taken(self.answer, outcome))

    def kept(self) -> dict[str, Any]:
        """Return what a claim keeps of it: the fields that an answer decides."""
        return {
            "facts": written(self.facts, self.plan),
            "answer": answers.stored(self.answer, self.plan),
            "outcome": self.answer.outcome,
            "conditional": bool(self.answer.conditional),
            "plan_version_id": self.plan.number,
            "clause": self.answer.because.clause,
        }


def decide(
    policy: str,
    told: Mapping[str, Fact],
    *,
    in_force: RunningPlan,
    customer: Customer | None,
    purchase: Purchase | None,
) -> Decided:
    """Ask a policy with what is told and what is on record; where both know, the record counts.

    The case is yet to be opened: nothing was broken on it, unless they tell otherwise. Raises UnknownName, BadFact.
    """
    now = clock.now()
    plan = version_for(policy, purchase, in_force)
    known = of_customer(customer, purchase, now) | claims_before(Claimed(customer, purchase, told), plan, now)
    recorded = terms_of(plan, known, now)
    return _decided(plan, policy, terms_of(plan, OF_A_NEW_CASE, now) | one_form(told, plan) | recorded, now)


def decide_in(act: Act, policy: str, told: Mapping[str, Fact]) -> Decided:
    """Ask a policy within the act's case, whose own record counts too, of the version that the case stands under."""
    case, now = act.case, act.now
    plan = version_for(policy, case.purchase, act.plan, held=plans.version(case.plan_version_id))
    before = claims_before(Claimed(case.customer, case.purchase, told, but=case), plan, now)
    recorded = terms_of(plan, of_case(case, now) | before, now)
    return _decided(plan, policy, one_form(told, plan) | recorded, now)


def one_form(told: Mapping[str, Fact], plan: RunningPlan) -> dict[str, Fact]:
    """Return what was told with each serial in the form in which serials are kept."""
    named = {term for term in plan.terms_from(SERIAL) if term in told}
    kept = {term: Fact(serials.kept(str(told[term].value)), told[term].standing) for term in named}
    return dict(told) | kept


def again(claim: Claim, changed: Mapping[str, Fact], now: datetime) -> Decided:
    """Ask again what a claim asked, of the same version, with the facts it kept and those that changed.

    What the customer chose of the answer before, they chose of this one, as far as it lets them.
    """
    plan = plans.version(claim.plan_version_id)
    decided = _decided(plan, claim.policy, read(claim.facts, plan, now) | dict(changed), now)
    return decided.taken(claim.outcome) if claim.answer.get("chosen_over") else decided


def version_for(
    policy: str, purchase: Purchase | None, in_force: RunningPlan, *, held: RunningPlan | None = None
) -> RunningPlan:
    """Return the version that counts: that of the case, or the one they bought under if the policy is pinned to it.

    held: the version that the case stands under; None for one that begins now, under that in force. One that lacks the
    policy does not count.
    """
    bought_under = purchase.plan_number if purchase else None
    if bought_under is not None and in_force.pinned_to_purchase(policy):
        held = plans.version(bought_under)
    return held if held is not None and policy in held.policies() else in_force


def written(facts: Mapping[str, Fact], plan: RunningPlan) -> dict[str, dict[str, str]]:
    """Return facts as a claim keeps them."""
    return {
        term: {"value": plan.fact_text(term, fact), "standing": fact.standing.value} for term, fact in facts.items()
    }


def read(kept: Mapping[str, Mapping[str, str]], plan: RunningPlan, now: datetime) -> dict[str, Fact]:
    """Return what `written` kept as facts."""
    found: dict[str, Fact] = {}
    for term, fact in kept.items():
        found |= plan.read({term: fact["value"]}, Standing(fact["standing"]), now)
    return found


def _decided(plan: RunningPlan, policy: str, facts: Mapping[str, Fact], now: datetime) -> Decided:
    return Decided(plan, facts, plan.decide(policy, facts, now))
