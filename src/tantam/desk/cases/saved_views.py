"""Filters that were kept under a name: one's own, and those that colleagues share."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import SavedView


def views_for(person: Person) -> QuerySet[SavedView]:
    """Return the views that the person may use, their own first."""
    if not may_read(person):
        return SavedView.objects.none()
    return SavedView.objects.filter(Q(person=person) | Q(shared=True)).order_by("shared", "place", "name", "id")


def view_for(person: Person, pk: int) -> SavedView:
    """Return one of them. Raises Http404."""
    found = views_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
