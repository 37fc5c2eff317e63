"""Let a provider serve again: a manager says why, and what happens from then on is what it is judged by."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans.seeing import sees_house
from tantam.desk.providers.models import MOST_REASON, Stop


def lift_stop(provider: str, person: Person, reason: str) -> Stop | None:
    """Return the stop that was lifted, None where there was none: lifted twice is lifted once.

    Raises Refused: not_allowed, says_nothing, too_long.
    """
    if not (works_here(person) and person.manages and sees_house(person)):
        raise Refused("not_allowed")
    words = " ".join(reason.replace("\x00", "").split())
    if not words:
        raise Refused("says_nothing")
    if len(words) > MOST_REASON:
        raise Refused("too_long", most=MOST_REASON)
    with transaction.atomic():
        found = Stop.objects.select_for_update().filter(provider=provider, lifted_at=None).first()
        if found is None:
            return None
        found.lifted_at, found.lifted_by, found.reason = clock.now(), person, words
        found.save(update_fields=["lifted_at", "lifted_by", "reason"])
        return found
