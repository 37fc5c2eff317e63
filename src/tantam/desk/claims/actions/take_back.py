"""The customer takes back what they said to a decision, while nobody has acted on it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import joined, promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Actor
from tantam.desk.claims.models import Claim, Stance
from tantam.desk.claims.stances import is_acted_on, stance_on
from tantam.desk.common.errors import Refused

CODES = {Stance.Kind.ACCEPTED: "unaccepted", Stance.Kind.DISPUTED: "undisputed"}


def take_back(claim: Claim, decision: int) -> Claim:
    """Return the claim, to whose decision nothing is said any more. Taken back twice is once.

    A dispute's case goes back to the level that it came from, and the answer that was owed for it is owed no longer;
    the words stay in the conversation. Raises Refused("acted_on").
    """
    with transaction.atomic():
        act = joined.act_on_target(claim.case, Actor.CUSTOMER)
        claim = Claim.objects.select_related("case").get(pk=claim.pk)
        stance = stance_on(claim, decision)
        if stance is None:
            return claim
        if is_acted_on(stance):
            raise Refused("acted_on")
        act.append(
            CODES[Stance.Kind(stance.kind)],
            clause=claim.clause,
            plan=plans.version(claim.plan_version_id),
            claim=claim.pk,
            policy=claim.policy,
            outcome=claim.outcome,
        )
        _undo(act, stance)
        stance.delete()
        return claim


def _undo(act: Act, stance: Stance) -> None:
    """Bring the case down again where it still stands at the level it rose to, and owe the answer no longer."""
    if stance.promise is not None:
        promises.give_up(act.on(stance.promise.case_id), stance.promise, reason="taken_back")
        promises.note_next_due(act)
    before = act.case.level
    if stance.level_before and act.plan.next_level(stance.level_before, "asked") == before:
        act.save(level=stance.level_before)
        act.append("deescalated", level_before=before, level=stance.level_before)
