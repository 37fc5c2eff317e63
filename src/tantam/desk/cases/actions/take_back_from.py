"""Take back into the house what a provider has in hand: each case waits at its level for one of our own."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.route import put
from tantam.desk.common.errors import Refused
from tantam.desk.plans.seeing import sees_house

MOST = 500  # at once; pressed again, the next ones


def take_back_from(provider: str, person: Person) -> int:
    """Return how many cases under way were taken back, the first due first, each in a transaction of its own.

    provider: not "". Killed half way, the others are taken back when it is asked again. Raises Refused("not_allowed").
    """
    if not (works_here(person) and person.manages and sees_house(person)):
        raise Refused("not_allowed")
    theirs = Case.objects.filter(provider=provider, status__in=Case.UNDER_WAY).order_by("next_due_at", "id")
    return sum(_taken_back(each, provider, person) for each in theirs[:MOST])


@transaction.atomic
def _taken_back(case: Case, provider: str, person: Person) -> bool:
    act = act_on(case, Actor.PERSON, person)
    if act.case.provider != provider or not act.case.is_under_way:
        return False
    put(act, "", because="taken_back")
    before = act.case.owner_id
    act.save(owner=None)
    act.append("handed_over", owner_before=before, owner=None, level=act.case.level)
    return True
