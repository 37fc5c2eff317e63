"""Stop a recall: who is not seen to yet is left alone; what was granted stands."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.recalls.models import Recall


def stop(recall: Recall, by: Person) -> Recall:
    """Return the recall, stopped; one that is done stays so. Raises Refused: not_allowed."""
    if not (works_here(by) and by.manages):
        raise Refused("not_allowed")
    with transaction.atomic():
        held = Recall.objects.select_for_update().get(pk=recall.pk)
        if held.state in (Recall.State.PREPARED, Recall.State.RUNNING):
            held.state = Recall.State.STOPPED
            held.save(update_fields=["state"])
        return held
