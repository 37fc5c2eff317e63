"""Deletes what was thrown away from the tray a while ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tantam.desk.arrivals.models import Arrival
from tantam.desk.common import clock, recurring
from tantam.desk.common.work import handles

CLEAR = "clear_tray"  # work without payload
KEPT = timedelta(days=30)
MOST = 500  # at a time: each may be of 25 MB

recurring.recurs(CLEAR, timedelta(hours=6))


@handles(CLEAR)
def clear(_payload: Mapping[str, Any]) -> None:
    """Delete the oldest that were thrown away more than KEPT ago, at most MOST."""
    old = (
        Arrival.objects.filter(case=None, thrown_at__lt=clock.now() - KEPT).order_by("id").values_list("id", flat=True)
    )
    Arrival.objects.filter(id__in=list(old[:MOST])).delete()
