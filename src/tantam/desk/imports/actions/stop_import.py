"""Stop an import: what was taken in stays, the rest is left until somebody goes on."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.imports.access import may_import
from tantam.desk.imports.models import Import


def stop_import(held: Import, person: Person) -> Import:
    """Return the import, which goes on no further than the portion in hand.

    Raises Refused: not_allowed, import_over.
    """
    if not may_import(person):
        raise Refused("not_allowed")
    with transaction.atomic():
        kept = Import.objects.select_for_update().get(pk=held.pk)
        if kept.state == Import.State.STOPPED:
            return kept
        if kept.over:
            raise Refused("import_over")
        kept.state, kept.ended_at = Import.State.STOPPED, clock.now()
        kept.save(update_fields=["state", "ended_at"])
    return kept
