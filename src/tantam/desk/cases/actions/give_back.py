"""Give a case back to the colleague who had it before they were away."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import duty
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.actions.take import refuse_if_beyond
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused


def give_back(case: Case, person: Person, *, seen: int | None = None) -> Case:
    """Return the case, owned again by who had it before their absence. Whoever has it now may do it, and they.

    Raises Refused: nobody_was_away, still_away, changed_meanwhile, beyond_level, already_resolved, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        turns = act.case.events.filter(code__in=("handed_over", "taken")).order_by("-id")
        last = turns.values_list("args", flat=True).first() or {}
        owner = Person.objects.filter(pk=last.get("owner_before")).first() if last.get("because") == "away" else None
        if owner is None or not works_here(owner):
            raise Refused("nobody_was_away")
        if duty.away(owner, act.now) is not None:
            raise Refused("still_away", owner=owner.name)
        refuse_if_beyond(act, owner)
        before = act.case.owner_id
        act.save(owner=owner)
        act.append("handed_over", owner_before=before, owner=owner.pk, level=act.case.level, because="back")
        return act.case
