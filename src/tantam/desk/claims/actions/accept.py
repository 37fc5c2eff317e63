"""The customer accepts the decision of their claim."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import joined
from tantam.desk.cases.models import Actor
from tantam.desk.claims.models import Claim, Stance
from tantam.desk.claims.stances import refuse_unless_open, stance_on


def accept(claim: Claim, decision: int) -> Stance:
    """Return the customer's word that they accept. decision: what they read (`stances.decision_of`).

    Accepted twice is once. Raises Refused: decided_anew, said_already.
    """
    with transaction.atomic():
        act = joined.act_on_target(claim.case, Actor.CUSTOMER)
        claim = Claim.objects.select_related("case").get(pk=claim.pk)
        before = stance_on(claim, decision)
        if before is not None and before.kind == Stance.Kind.ACCEPTED:
            return before
        refuse_unless_open(claim, decision)
        told = act.append(
            "accepted",
            clause=claim.clause,
            plan=plans.version(claim.plan_version_id),
            claim=claim.pk,
            policy=claim.policy,
            outcome=claim.outcome,
        )
        return Stance.objects.create(
            claim=claim, decision=decision, kind=Stance.Kind.ACCEPTED, event=told.pk, at=act.now
        )
