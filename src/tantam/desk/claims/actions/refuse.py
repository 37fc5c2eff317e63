"""Refuse a claim, with a reason that the customer reads."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import keeping, outbox, said
from tantam.desk.cases.act import act_on, refuse_if_changed
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Actor
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused


def refuse(claim: Claim, person: Person, reason: str, *, seen: int | None = None) -> Claim:
    """Return the claim, refused; the customer is told.

    Raises Refused: claim_closed, changed_meanwhile, needs_reason, too_long, not_allowed.
    """
    words = said.why(reason)
    with transaction.atomic():
        act = act_on(claim.case, Actor.PERSON, person)
        claim = Claim.objects.get(pk=claim.pk)
        if claim.state != Claim.State.OPEN:
            raise Refused("claim_closed")
        refuse_if_changed(act, seen)
        claim.state = Claim.State.REFUSED
        claim.save(update_fields=["state"])
        message = outbox.post(act, words)
        act.append(
            "refused",
            clause=claim.clause,
            plan=plans.version(claim.plan_version_id),
            claim=claim.pk,
            outcome=claim.outcome,
            message=message.pk,
        )
        own_if_free(act)
        keeping.keep_by(message, act)
        return claim
