"""Let what was granted stand, though by facts known since the plan would answer otherwise."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import keeping, outbox
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.letters import stands_letter
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused


def let_stand(claim: Claim, person: Person) -> Claim:
    """Return the claim, whose grant stands for good; the customer is told. Raises Refused: not_turned, not_allowed."""
    with transaction.atomic():
        act = act_on(claim.case, Actor.PERSON, person)
        claim = Claim.objects.get(pk=claim.pk)
        if ANEW not in claim.answer or claim.state != Claim.State.GRANTED:
            raise Refused("not_turned")
        claim.answer = {name: value for name, value in claim.answer.items() if name != ANEW}
        claim.save(update_fields=["answer"])
        plan = plans.version(claim.plan_version_id)
        act.append("left_standing", clause=claim.clause, plan=plan, claim=claim.pk, policy=claim.policy)
        keeping.keep_by(outbox.post(act, stands_letter(claim, act)), act)
        return claim
