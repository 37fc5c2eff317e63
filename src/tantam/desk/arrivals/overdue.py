"""Shows in the tray what was tried to be read again and again in vain: it was acknowledged, so somebody must see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tantam.desk.arrivals.intake import READ
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.common import recurring, work
from tantam.desk.common.work import handles

SHOW = "show_unread"  # work without payload
TRIED = 8  # times: about twenty minutes

recurring.recurs(SHOW, timedelta(minutes=10))


@handles(SHOW)
def show(_payload: Mapping[str, Any]) -> None:
    """Put it into the tray. It is still tried: read after all, it leaves the tray, unless somebody saw to it."""
    ids = [each["arrival"] for each in work.in_vain(READ, TRIED)]
    Arrival.objects.filter(pk__in=ids, read_at=None, problem=Problem.NONE).update(problem=Problem.UNREADABLE)
