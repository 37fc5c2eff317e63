"""Who works here, who may only read, and which colleagues a case may be given to."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.accounts.models import READS_ONLY, Person, Role

_READERS = (*READS_ONLY, Role.LEAD)


def works_here(person: object) -> bool:
    """Whether this person answers customers or manages those who do; reviewers and auditors change nothing."""
    return isinstance(person, Person) and person.acts


def may_read(person: object) -> bool:
    """Whether this person may enter the staff's pages: who works here, and who reviews, leads a provider or audits.

    An assistant works here and enters none: it has a door of its own.
    """
    if isinstance(person, Person) and person.role == Role.ASSISTANT:
        return False
    return works_here(person) or isinstance(person, Person) and person.is_active and person.role in _READERS


def is_colleague(mail: str) -> bool:
    """Whether somebody who may sign in has this mail address."""
    return Person.objects.filter(is_active=True, email__iexact=mail).exists()


def colleagues() -> QuerySet[Person]:
    """Return the people who answer customers, by name."""
    answering = Person.objects.filter(is_active=True).exclude(level="")
    return answering.exclude(role__in=(*READS_ONLY, Role.ASSISTANT)).order_by("name")
