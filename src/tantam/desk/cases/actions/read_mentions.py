"""Note that somebody has read the notes of a case that name them."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, Mention
from tantam.desk.common import clock


def read_mentions(case: Case, person: Person) -> int:
    """Return how many were unread until now. It is the person's own mark, nothing that happened to the case."""
    with transaction.atomic():
        mine = Mention.objects.filter(message__case=case, person=person, read_at=None)
        return mine.update(read_at=clock.now())
