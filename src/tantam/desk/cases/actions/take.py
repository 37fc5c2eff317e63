"""Take a case: from now on this person answers for it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.owners import own
from tantam.desk.common.errors import Refused


def take(case: Case, person: Person) -> Case:
    """Return the case with `person` as its owner. Taking it twice is harmless.

    Raises Refused: has_owner, beyond_level, already_resolved, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        if act.case.owner_id == person.pk:
            return act.case
        if act.case.owner is not None:
            raise Refused("has_owner", owner=act.case.owner.name)
        refuse_if_beyond(act, person)
        own(act, person)
        return act.case


def own_if_free(act: Act) -> None:
    """Make whoever acts the case's owner, if it has none and they answer customers at a level it may have."""
    person = act.person
    if person is None or not works_here(person):  # they left, and what they wrote goes out
        return
    if person.role == Role.ASSISTANT:  # a program answers for nothing: the case stays free for a person
        return
    if act.case.owner_id is None and person.level and not is_beyond(act, person):
        own(act, person)


def refuse_if_beyond(act: Act, person: Person) -> None:
    """Raise Refused("beyond_level") unless the person's level may have the case."""
    if is_beyond(act, person):
        raise Refused("beyond_level", level=act.case.level)


def is_beyond(act: Act, person: Person) -> bool:
    """Whether the case is beyond the person: their level is below the case's, and does not handle its severity.

    A plan without levels has cases without one, which are anybody's.
    """
    levels, mine, needed = act.plan.levels(), person.level, act.case.level
    above = mine in levels and needed in levels and levels.index(mine) >= levels.index(needed)
    return not (above or needed in (mine, "") or act.plan.level_handles(mine, act.case.severity))
