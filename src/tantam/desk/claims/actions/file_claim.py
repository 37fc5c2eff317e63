"""File a claim: open its case, ask the policy, keep the answer, and grant at once what the plan grants itself."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.desk.accounts.models import Person
from tantam.desk.cases import opening, outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor, Case
from tantam.desk.claims.deciding import decide_in
from tantam.desk.claims.giving import carry_out, tell_answer
from tantam.desk.claims.letters import answer_letter
from tantam.desk.claims.models import Claim
from tantam.desk.plans import Fact


def file_claim(concern: Concern, *, policy: str, person: Person | None = None) -> Claim:
    """Return the claim with its answer; for a submission that already filed one, that claim.

    concern.facts: what the customer told. person: the colleague who wrote it down for them, None if they did it
    themselves. Raises NoPlan, UnknownName, BadFact, Refused.
    """
    return opening.once(lambda: file_new(concern, policy=policy, person=person), _claim_of, **concern.name)


def file_new(concern: Concern, *, policy: str, person: Person | None = None) -> Claim:
    """Return the claim of a concern that has opened no case yet; the caller is inside a transaction."""
    act, _made = opening.begin(concern, Actor.PERSON if person else Actor.CUSTOMER, person)
    claim, by_plan = begin_claim(act, policy, act.plan.known(concern.facts))
    outbox.post(opening.answering(by_plan, concern), answer_letter(claim, by_plan))
    return claim


def begin_claim(act: Act, policy: str, told: Mapping[str, Fact], **noted: str) -> tuple[Claim, Act]:
    """Return the claim, answered and carried out as far as the plan may by itself, and the plan's act.

    told: as the act's plan reads it. noted: what else the event tells of it.
    """
    decided = decide_in(act, policy, told)
    claim = Claim(case=act.case, policy=policy, decided_at=act.now, **decided.kept())
    claim.save(force_insert=True)
    act.append("claimed", claim=claim.pk, policy=policy, **noted)
    by_plan = Act(act.case, act.now, act.plan, Actor.PLAN)
    tell_answer(by_plan, claim, decided)
    carry_out(by_plan, claim, decided)
    return claim, by_plan


def _claim_of(case: Case) -> Claim:
    return Claim.objects.select_related("case").filter(case=case)[0]
