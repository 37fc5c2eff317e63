"""Who sees which errand: whoever sees its case; and how a provider kept its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from tantam.desk.cases.models import Case
from tantam.desk.errands.models import Errand


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the errands whose time came or that were answered: how many were answered in time."""

    kept: int
    total: int


def last_of(case: Case) -> Errand | None:
    """Return the newest errand of a case that the caller may see. One query."""
    related = ("asked", "answer", "asked_by")
    return Errand.objects.filter(case=case).select_related(*related).order_by("-id").first()


def kept_by(provider: str, since: datetime, until: datetime, now: datetime) -> Kept:
    """Return how a provider kept what it owed us by an instant in [since, until); what was taken back counts not."""
    owed = Errand.objects.filter(provider=provider, due_at__gte=since, due_at__lt=until)
    owed = owed.exclude(state=Errand.State.WITHDRAWN).filter(Q(due_at__lte=now) | ~Q(ended_at=None))
    found = owed.aggregate(total=Count("id"), kept=Count("id", filter=Q(ended_at__lte=F("due_at"))))
    return Kept(found["kept"], found["total"])
