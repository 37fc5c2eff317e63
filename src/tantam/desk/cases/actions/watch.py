"""Watch a case that is another's: whoever watches hears of it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case, Watcher


def watch(case: Case, person: Person) -> Watcher:
    """Return who watches; watching twice is harmless. Raises Refused("not_allowed")."""
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        watcher, new = Watcher.objects.get_or_create(case=act.case, person=person, defaults={"since": act.now})
        if new:
            act.append("watched")
        return watcher
