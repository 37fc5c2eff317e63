"""Two cases acted on at once: both locked, always the older first, so that two people never wait for each other."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor, Case


def acts_on(one: Case, other: Case, person: Person) -> tuple[Act, Act]:
    """Lock both cases and return an act on each, in the order given; the caller is inside a transaction.

    They are two cases. Raises Refused("not_allowed").
    """
    by_age = {each.pk: act_on(each, Actor.PERSON, person) for each in sorted((one, other), key=lambda case: case.pk)}
    return by_age[one.pk], by_age[other.pk]
