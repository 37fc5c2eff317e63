"""What departments owe each other, on the ledger: asked from a case, and what rests on it."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.cases.models import Case, Promise


def resting(case: Case) -> QuerySet[Promise]:
    """Return the departments' promises on which promises of this case rest, soonest first."""
    return Promise.objects.filter(supports__case=case).select_related("case", "supports").order_by("due_at")
