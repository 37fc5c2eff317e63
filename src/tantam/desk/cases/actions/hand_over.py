"""Hand a case over to a colleague, or to a level where somebody will take it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.access import sees
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.actions.take import refuse_if_beyond
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused


def hand_over(case: Case, person: Person, to: Person | str, *, note: str = "", seen: int | None = None) -> Case:
    """Return the case, owned by `to`, or by nobody and at the level that `to` names.

    note: for colleagues; kept as an internal note. seen: the last event id that the person has read.
    Raises Refused: changed_meanwhile, unknown_level, beyond_level, not_theirs, already_resolved, too_long,
    not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        if note.strip():
            said.note_down(act, note)
        if isinstance(to, Person):
            _to_person(act, to)
        else:
            _to_level(act, to)
        return act.case


def _to_person(act: Act, to: Person) -> None:
    if not works_here(to):
        raise Refused("not_allowed")
    if not sees(to, act.case):
        raise Refused("not_theirs", name=to.name)
    refuse_if_beyond(act, to)
    before = act.case.owner_id
    act.save(owner=to, level=to.level or act.case.level)
    act.append("handed_over", owner_before=before, owner=to.pk, level=act.case.level)


def _to_level(act: Act, level: str) -> None:
    if level not in act.plan.levels():
        raise Refused("unknown_level")
    before = act.case.owner_id
    act.save(owner=None, level=level)
    act.append("handed_over", owner_before=before, owner=None, level=level)
