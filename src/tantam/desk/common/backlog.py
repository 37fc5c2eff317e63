"""The due work that somebody should look at: what waits, what keeps failing, what was given up."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.common import clock
from tantam.desk.common.models import DueWork


def waiting() -> int:
    """Return how many pieces are due now; a number that grows says that no worker runs."""
    return _open().filter(failed_at=None, due_at__lte=clock.now()).count()


def failing(most: int) -> QuerySet[DueWork]:
    """Return the pieces that failed and are tried again by themselves, the next one first."""
    return _open().filter(failed_at=None, attempts__gt=1).order_by("due_at")[:most]


def given_up(most: int) -> QuerySet[DueWork]:
    """Return the pieces that are not tried any more, newest first."""
    return _open().exclude(failed_at=None).order_by("-id")[:most]


def _open() -> QuerySet[DueWork]:
    return DueWork.objects.filter(done_at=None)
