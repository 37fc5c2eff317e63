"""Undo a parting: the messages go back, and their case is joined to the one that they came from."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import pairs, transfer
from tantam.desk.cases.actions.merge import merge
from tantam.desk.cases.models import Case, Parting
from tantam.desk.common.errors import Refused


def unpart(parting: Parting, person: Person) -> Case:
    """Return the case that has the messages again. What was owed on the parted case is owed through it.

    Raises Refused: part_undone, is_merged, merge_into_resolved, not_allowed.
    """
    with transaction.atomic():
        away, act = pairs.acts_on(parting.new_case, parting.case, person)
        if not Parting.objects.filter(pk=parting.pk, undone_at=None).update(undone_at=act.now):
            raise Refused("part_undone")
        moved = transfer.move(act, away, parting.messages)
        act.append("unparted", case=away.case.pk, reference=away.case.reference, messages=moved)
        merge(away.case, person, act.case)
        parting.undone_at = act.now
        return act.case
