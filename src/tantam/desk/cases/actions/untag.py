"""Take a tag off a case."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case, CaseTag, Tag


def untag(case: Case, person: Person, tag: Tag) -> bool:
    """Return whether the case had the tag until now. Raises Refused("not_allowed")."""
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        gone, _ = CaseTag.objects.filter(case=act.case, tag=tag).delete()
        if gone:
            act.append("untagged", tag=tag.pk, name=tag.name)
        return bool(gone)
