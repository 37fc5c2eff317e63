"""Note that somebody read what they were told."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.notices.models import Notice


def read(notice: Notice) -> None:
    """Note that it was read."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())


def read_all(person: Person) -> int:
    """Note that all of theirs were read; return how many were not."""
    return Notice.objects.filter(person=person, read_at=None).update(read_at=clock.now())


def read_of_case(person: Person, case: int) -> None:
    """Note that what concerns one case was read: they have it open."""
    Notice.objects.filter(person=person, case=case, read_at=None).update(read_at=clock.now())
