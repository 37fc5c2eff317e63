"""Verify what a customer told: the claim is answered again with facts that now stand."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor
from tantam.desk.claims.actions.grant import refuse_if_closed
from tantam.desk.claims.deciding import again
from tantam.desk.claims.giving import carry_out, tell_answer
from tantam.desk.claims.letters import answer_letter
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.plans import Fact, Standing


def prove(claim: Claim, facts: Mapping[str, Fact], *, person: Person) -> Claim:
    """Return the claim with its new answer; granted if the plan now grants it itself. The customer is told.

    facts: {term: Fact}, read by the version that answered; each becomes verified. What is on record is not told, and
    changes where it is recorded.
    Raises BadFact, UnknownName, Refused: claim_closed, on_record, not_allowed.
    """
    with transaction.atomic():
        act = act_on(claim.case, Actor.PERSON, person)
        claim = Claim.objects.get(pk=claim.pk)
        refuse_if_closed(claim)
        if any(_on_record(claim, term) for term in facts):
            raise Refused("on_record")
        before = claim.outcome, claim.conditional
        verified = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in facts.items()}
        decided = again(claim, verified, claim.decided_at)
        kept = decided.kept() | {"state": Claim.State.OPEN}
        for field, value in kept.items():
            setattr(claim, field, value)
        claim.save(update_fields=[each.removesuffix("_id") for each in kept])
        act.append("proved", claim=claim.pk, terms=sorted(verified))
        by_plan = Act(act.case, act.now, act.plan, Actor.PLAN)
        tell_answer(by_plan, claim, decided)
        carry_out(by_plan, claim, decided)
        if before != (claim.outcome, claim.conditional):
            outbox.post(by_plan, answer_letter(claim, by_plan))
        return claim


def _on_record(claim: Claim, term: str) -> bool:
    return claim.facts.get(term, {}).get("standing") == Standing.RECORDED
