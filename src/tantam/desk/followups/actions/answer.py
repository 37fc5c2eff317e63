"""The customer answers what we asked of our own accord: all is well, they recommend us, or something is wrong."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases.actions import open_case
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.languages import language_for
from tantam.desk.plans.ways import WEB, way_in

Result = FollowUp.Result
ANSWERS = (Result.SATISFIED, Result.REFERRED, Result.COMPLAINT)


def answer(found: FollowUp, result: str, words: str, plan: RunningPlan) -> Case | None:
    """Return the case that a complaint opened, None for another answer; the same once more gives the same case.

    result: of ANSWERS. words: of a complaint, what is wrong. plan: in force. Whoever complained may not unsay it here;
    any other answer may be changed. Raises Refused: unknown_reason, says_nothing, too_long.
    """
    if result not in ANSWERS:
        raise Refused("unknown_reason")
    with transaction.atomic():
        held = FollowUp.objects.select_for_update(of=("self",)).select_related("customer", "purchase", "led_to")
        kept = held.get(pk=found.pk)
        if kept.result == Result.COMPLAINT:
            return kept.led_to
        case = open_case(_complaint(kept, words, plan)) if result == Result.COMPLAINT else None
        kept.result, kept.result_at, kept.led_to = result, clock.now(), case
        kept.save(update_fields=["result", "result_at", "led_to"])
        return case


def _complaint(found: FollowUp, words: str, plan: RunningPlan) -> Concern:
    return Concern(
        customer=found.customer,
        body=words,
        channel=way_in(plan, WEB),
        language=language_for(plan, found.customer.language),
        purchase=found.purchase,
        submission=f"follow_up:{found.pk}",
        plan=plan,
    )
