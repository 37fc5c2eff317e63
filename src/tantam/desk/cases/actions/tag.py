"""Put a tag on a case: one word however it is written, with or without capitals and marks."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said, tags
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case, CaseTag, Tag
from tantam.desk.common.errors import Refused

MOST = 20  # a case


def tag(case: Case, person: Person, name: str) -> Tag:
    """Return the tag, as it was first written; tagging twice is harmless.

    Raises Refused: says_nothing, too_long, too_many, not_allowed.
    """
    words = said.clean_short(tags.bare(name), tags.MOST_CHARACTERS)
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        found, _ = Tag.objects.get_or_create(folded=tags.key(words), defaults={"name": words})
        if CaseTag.objects.filter(case=act.case, tag=found).exists():
            return found
        if act.case.tags.count() >= MOST:
            raise Refused("too_many", most=MOST)
        CaseTag.objects.create(case=act.case, tag=found)
        act.append("tagged", tag=found.pk, name=found.name)
        return found
