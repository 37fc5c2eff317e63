"""The only way to what came in: here, what became no message of a case."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.arrivals.models import Arrival, Problem

NOBODY_MISSES = (Problem.NONE, Problem.NOTED, Problem.AUTOMATIC, Problem.DUPLICATE)


def tray(most: int) -> QuerySet[Arrival]:
    """Return the newest that became no message of a case, without their bytes; what machines wrote is left out."""
    return Arrival.objects.exclude(problem__in=NOBODY_MISSES).defer("raw").order_by("-id")[:most]
