"""Verify what a customer told: the claim is answered again with facts that now stand."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import keeping
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor
from tantam.desk.claims.late import ANEW, ask_anew
from tantam.desk.claims.models import Claim
from tantam.desk.claims.turning import turn
from tantam.desk.common.errors import Refused
from tantam.desk.plans import Fact, Standing


def prove(claim: Claim, facts: Mapping[str, Fact], *, person: Person) -> Claim:
    """Return the claim with its new answer; granted if the plan now grants it itself. The customer is told.

    facts: {term: Fact}, read by the version that answered; each becomes verified. What is on record is not told, and
    changes where it is recorded. What was granted already stands, whatever is proved: more is granted, anything else
    is left to a person (`turning`).
    Raises BadFact, UnknownName, Refused: claim_closed, on_record, not_allowed.
    """
    with transaction.atomic():
        act = act_on(claim.case, Actor.PERSON, person)
        claim = Claim.objects.get(pk=claim.pk)
        if claim.state == Claim.State.WITHDRAWN:
            raise Refused("claim_closed")
        if any(_on_record(claim, term) for term in facts):
            raise Refused("on_record")
        verified = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in facts.items()}
        anew = ask_anew(claim, verified, claim.decided_at)
        act.append("proved", claim=claim.pk, terms=sorted(verified))
        told = turn(Act(act.case, act.now, act.plan, Actor.PLAN), claim, anew)
        if told is not None and claim.state != Claim.State.OPEN and ANEW not in claim.answer:
            keeping.keep_by(told, act)  # somebody looked, and the customer has their answer
        return claim


def _on_record(claim: Claim, term: str) -> bool:
    return claim.facts.get(term, {}).get("standing") == Standing.RECORDED
