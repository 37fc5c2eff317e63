"""A colleague says what came of a call that we made of our own accord."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined
from tantam.desk.cases.models import Actor
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.followups.models import FollowUp


def note_result(found: FollowUp, person: Person, result: str) -> FollowUp:
    """Return it with its result, which may be changed. result: of FollowUp.Result.

    Raises Refused: unknown_reason, not_allowed, not_asked for one that was neither sent nor called.
    """
    if not works_here(person):
        raise Refused("not_allowed")
    if result not in FollowUp.Result.values:
        raise Refused("unknown_reason")
    with transaction.atomic():
        kept = FollowUp.objects.select_for_update(of=("self",)).select_related("led_to").get(pk=found.pk)
        if kept.state not in (FollowUp.State.SENT, FollowUp.State.TO_CALL):
            raise Refused("not_asked")
        if kept.result == result:
            return kept
        if kept.led_to is not None:
            act = joined.act_on_target(kept.led_to, Actor.PERSON, person)
            act.append("follow_up_ended", follow_up=kept.pk, result=result)
        kept.result, kept.result_at, kept.result_by = result, clock.now(), person
        kept.save(update_fields=["result", "result_at", "result_by"])
        return kept
