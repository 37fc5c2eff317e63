"""Who reaches recalls: whoever oversees the service."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.recalls.models import Recall


def recalls_for(person: object) -> QuerySet[Recall]:
    """Return the recalls this person may see."""
    sees = isinstance(person, Person) and person.is_active and person.oversees
    return Recall.objects.select_related("product", "made_by") if sees else Recall.objects.none()


def recall_for(person: object, pk: int) -> Recall:
    """Return one recall. Raises Http404."""
    found = recalls_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
