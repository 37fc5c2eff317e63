"""Note that two customers are two, so that nobody is asked about them again."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.duplicates.access import refuse_unless_may_merge
from tantam.desk.duplicates.models import Pair


def tell_apart(pair: Pair, by: Person) -> None:
    """Take the pair off the list for good; one that is off it stays so. Raises Refused("not_allowed")."""
    refuse_unless_may_merge(by)
    Pair.objects.filter(pk=pair.pk, apart_at=None).update(apart_at=clock.now(), apart_by=by)
