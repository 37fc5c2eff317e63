"""Throw away a file that was never taken in."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.imports import store
from tantam.desk.imports.access import may_import
from tantam.desk.imports.models import Import


def throw_away(held: Import, person: Person) -> None:
    """Remove an import that never began, and its file. Raises Refused: not_allowed, import_begun."""
    if not may_import(person):
        raise Refused("not_allowed")
    with transaction.atomic():
        kept = Import.objects.select_for_update().filter(pk=held.pk).first()
        if kept is None:
            return
        if kept.state != Import.State.KEPT:
            raise Refused("import_begun")
        kept.delete()
    store.forget(held.pk)
