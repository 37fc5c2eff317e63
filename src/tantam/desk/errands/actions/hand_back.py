"""Hand a case back to the house, with the result; or, as the house, take it back."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed
from tantam.desk.cases.actions.take import is_beyond
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.route import put
from tantam.desk.common.errors import Refused
from tantam.desk.errands.models import Errand
from tantam.desk.plans.seeing import sees_house


def hand_back(case: Case, person: Person, words: str, *, seen: int | None = None) -> Errand:
    """Return the errand, which has ended: done, or taken back where the house does it.

    The case is whose it was before, if they may have it, else it waits at its level. words: the result, which a
    provider must say. Raises Refused: no_errand, changed_meanwhile, says_nothing, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_changed(act, seen)
        found = Errand.objects.select_related("asked_by").filter(case=act.case, ended_at=None).first()
        if found is None:
            raise Refused("no_errand")
        house = sees_house(person)
        if words.strip() or not house:
            found.answer = said.note_down(act, words)
        found.state = Errand.State.WITHDRAWN if house else Errand.State.DONE
        found.ended_at = act.now
        found.save(update_fields=["answer", "state", "ended_at"])
        act.append(
            "errand_ended",
            clause=f"providers.{found.provider}",
            errand=found.pk,
            provider=found.provider,
            state=str(found.state),
            message=found.answer_id,
            late=int(act.now > found.due_at),
        )
        put(act, "", because="back")
        _give(act, found.asked_by)
        return found


def _give(act: Act, person: Person) -> None:
    """Give the case to who handed it over, if they may have it; else to nobody at its level, where it is routed."""
    owner = person if works_here(person) and person.level and not is_beyond(act, person) else None
    before = act.case.owner_id
    act.save(owner=owner)
    act.append("handed_over", owner_before=before, owner=owner.pk if owner else None, level=act.case.level)
