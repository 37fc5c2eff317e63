"""Change what a colleague is here, or let them go: cases that they can answer no more go back to their level."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts import actions as accounts
from tantam.desk.accounts.actions import Wanted
from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.plans.seeing import sees_house


def change_colleague(person: Person, by: Person, wanted: Wanted) -> tuple[Person, int]:
    """Return the person as wanted, and how many cases went back. Raises Refused as `change_person`."""
    with transaction.atomic():
        changed = accounts.change_person(person, by, wanted)
        return changed, _give_back(changed, by)


def dismiss(person: Person, by: Person) -> tuple[Person, int]:
    """Return the person, who can sign in no more, and how many cases went back. Raises Refused as `deactivate`."""
    with transaction.atomic():
        gone = accounts.deactivate(person, by)
        return gone, _give_back(gone, by)


def _give_back(person: Person, by: Person) -> int:
    """Give each case that the person can answer no more to its level; return how many."""
    theirs = Case.objects.filter(owner=person, status__in=Case.UNDER_WAY).order_by("pk")
    if person.acts and sees_house(person):
        return 0
    lost = [each for each in theirs if not person.acts or not cases_for(person).filter(pk=each.pk).exists()]
    for each in lost:
        act = act_on(each, Actor.PERSON, by)
        act.save(owner=None)
        act.append("handed_over", owner_before=person.pk, owner=None, level=act.case.level)
    return len(lost)
