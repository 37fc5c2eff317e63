"""A word that a person gave, about to be kept, moved or withdrawn: under which lock, and whether it still can be."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.common.errors import Refused


def act_on_promise(promise: Promise, person: Person) -> tuple[Act, Promise]:
    """Lock the case that stands for the promise's own; return an act on its own, and the promise as it stands now.

    The caller is inside a transaction. Raises Refused: not_by_hand, promise_ended, not_allowed.
    """
    act = joined.act_on_target(promise.case, Actor.PERSON, person).on(promise.case_id)
    found = act.case.promises.get(pk=promise.pk)
    if not found.by_hand:
        raise Refused("not_by_hand")
    if not found.still_to_keep:
        raise Refused("promise_ended")
    return act, found
