"""Deletes what was thrown away from the tray a while ago, and what was stopped as spam and nobody let in since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q

from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.common import clock, recurring
from tantam.desk.common.tidying import in_portions
from tantam.desk.common.work import handles

CLEAR = "clear_tray"  # work without payload
KEPT = timedelta(days=30)
MOST = 500  # at a time: each may be of 25 MB

recurring.recurs(CLEAR, timedelta(hours=6))


@handles(CLEAR)
def clear(_payload: Mapping[str, Any]) -> None:
    """Delete what was thrown away, or stopped as spam, more than KEPT ago, the oldest first, in portions."""
    in_portions(_delete_some)


def _delete_some() -> int:
    long_ago = clock.now() - KEPT
    over = Q(thrown_at__lt=long_ago) | Q(problem=Problem.SPAM, thrown_at=None, received_at__lt=long_ago)
    ids = list(Arrival.objects.filter(over, case=None).order_by("id").values_list("id", flat=True)[:MOST])
    return Arrival.objects.filter(id__in=ids).only("id").delete()[0]  # their bytes are not read once more
