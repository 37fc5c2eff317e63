"""Have a file taken in by a worker, from its first row, or from where it was stopped."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.imports.access import may_import
from tantam.desk.imports.models import Import
from tantam.desk.imports.preview import previewed, refuse_unclear
from tantam.desk.imports.running import RUN


def start_import(held: Import, person: Person) -> Import:
    """Return the import, which waits for a worker. Twice is once.

    Raises Unreadable, NoPlan, Refused: not_allowed, import_unmapped, import_dates, import_over, import_file_gone.
    """
    if not may_import(person):
        raise Refused("not_allowed")
    if held.state == Import.State.KEPT:  # the file is read before the row is held: that takes its time
        refuse_unclear(previewed(held))
    with transaction.atomic():
        kept = Import.objects.select_for_update().get(pk=held.pk)
        if not kept.over:
            return kept
        if kept.state == Import.State.DONE:
            raise Refused("import_over")
        if kept.file_gone:
            raise Refused("import_file_gone")
        kept.state, kept.trouble, kept.attempts = Import.State.WAITING, "", 0
        kept.turns, kept.ended_at = kept.turns + 1, None
        kept.save(update_fields=["state", "trouble", "attempts", "turns", "ended_at"])
        work.due(RUN, f"{RUN}:{kept.pk}:{kept.turns}", {"import": kept.pk}, clock.now())
    return kept
