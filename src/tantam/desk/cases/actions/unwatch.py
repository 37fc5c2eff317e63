"""Stop watching a case."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case, Watcher


def unwatch(case: Case, person: Person) -> bool:
    """Return whether the person watched until now. Raises Refused("not_allowed")."""
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        watched, _ = Watcher.objects.filter(case=act.case, person=person).delete()
        if watched:
            act.append("unwatched")
        return bool(watched)
