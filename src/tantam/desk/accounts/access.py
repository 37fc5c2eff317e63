"""Who works here, and which colleagues a case may be given to."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.accounts.models import Person


def works_here(person: object) -> bool:
    """Whether this person answers customers or manages those who do."""
    return isinstance(person, Person) and person.is_active and bool(person.level or person.manages)


def colleagues() -> QuerySet[Person]:
    """Return the people who answer customers, by name."""
    return Person.objects.filter(is_active=True).exclude(level="").order_by("name")
