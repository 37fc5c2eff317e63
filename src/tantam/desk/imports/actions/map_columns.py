"""Say what the columns of a file mean, and how it is written, before it is taken in."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.imports.access import may_import
from tantam.desk.imports.meaning.form import Mapping
from tantam.desk.imports.models import Import
from tantam.desk.imports.reading.table import How


def map_columns(held: Import, person: Person, mapping: Mapping, how: How) -> Import:
    """Return the import with this mapping. Raises Refused: not_allowed, import_begun."""
    if not may_import(person):
        raise Refused("not_allowed")
    with transaction.atomic():
        kept = Import.objects.select_for_update().get(pk=held.pk)
        if kept.state != Import.State.KEPT:
            raise Refused("import_begun")
        kept.rows, kept.source = mapping.rows, mapping.source
        kept.mapping, kept.how = mapping.plain(), asdict(how)
        kept.save(update_fields=["rows", "source", "mapping", "how"])
    return kept
