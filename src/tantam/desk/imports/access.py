"""Who sees imports: whoever decides for the whole house."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.imports.models import Import
from tantam.desk.plans.seeing import sees_house


def may_import(person: object) -> bool:
    """Whether somebody may take in files, and see what became of them."""
    return isinstance(person, Person) and works_here(person) and person.manages and sees_house(person)


def imports_for(person: object) -> QuerySet[Import]:
    """Return the imports, the newest first; none for who may not see them."""
    if not may_import(person):
        return Import.objects.none()
    return Import.objects.select_related("made_by").order_by("-id")


def import_for(person: object, pk: int) -> Import:
    """Return one import. Raises Http404."""
    found = imports_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
