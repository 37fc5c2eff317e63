"""Two cases acted on at once: both locked, so that two people never wait for each other.

First what stands for them is locked, the older first, as whoever acts on it writes to those behind it; then they.
"""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor, Case


def acts_on(one: Case, other: Case, person: Person) -> tuple[Act, Act]:
    """Lock both cases and return an act on each, in the order given; the caller is inside a transaction.

    They are two cases. Raises Refused("not_allowed").
    """
    two = {each.pk: each for each in (one, other)}
    ends = {end.pk: end for each in two for end in (joined.target(Case.objects.get(pk=each)),)}
    held = {pk: act_on(ends[pk], Actor.PERSON, person) for pk in sorted(ends)}
    held |= {pk: act_on(two[pk], Actor.PERSON, person) for pk in sorted(two) if pk not in held}
    return held[one.pk], held[other.pk]
