"""How far it is, how much may be done at once, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import BulkRun

MOST = 500  # cases at once
AT_ONCE = 25  # so many are done while the browser waits
DO, UNDO = "bulk_do", "bulk_undo"  # work whose payload is {"run": id}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many cases stand how. left: still to be done, or to be taken back."""

    done: int
    refused: int
    undone: int
    kept: int
    todo: int
    undoing: bool

    @property
    def left(self) -> int:
        """How many are still to come."""
        return self.todo + (self.done if self.undoing else 0)

    @property
    def all(self) -> int:
        """How many there are."""
        return self.done + self.refused + self.undone + self.kept + self.todo


def progress(run: BulkRun) -> Progress:
    """Return how far it is. One query."""
    counted = dict(run.items.order_by().values_list("state").annotate(n=Count("pk")))
    of = {state: counted.get(state, 0) for state in ("done", "refused", "undone", "kept", "todo")}
    return Progress(**of, undoing=run.undo_asked_at is not None)


def run_for(person: Person, pk: int) -> BulkRun:
    """Return a run of this person's. Raises Http404."""
    found = BulkRun.objects.filter(pk=pk, person=person).first()
    if found is None:
        raise Http404
    return found
