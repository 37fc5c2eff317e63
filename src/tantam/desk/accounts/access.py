"""Who works here, and which colleagues a case may be given to."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.accounts.models import Person, Role

_READERS = (Role.REVIEWER, Role.LEAD, Role.AUDITOR)


def works_here(person: object) -> bool:
    """Whether this person answers customers or manages those who do. An auditor changes nothing, at any level."""
    if not isinstance(person, Person) or not person.is_active or person.role == Role.AUDITOR:
        return False
    return bool(person.level or person.manages)


def may_read(person: object) -> bool:
    """Whether this person may enter the staff's pages: who works here, and who reviews, leads a provider or audits."""
    return works_here(person) or isinstance(person, Person) and person.is_active and person.role in _READERS


def colleagues() -> QuerySet[Person]:
    """Return the people who answer customers, by name."""
    return Person.objects.filter(is_active=True).exclude(level="").order_by("name")
