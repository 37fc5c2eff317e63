"""Throws away what nobody looks at any more: work done long ago, and counters of hours that are over."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from tantam.desk.common import clock, rate
from tantam.desk.common.models import DueWork

KEPT = timedelta(days=30)
MOST = 5_000  # at a time, so that nobody waits long for the table
SECONDS = 10  # of one turn: a worker has other things to do, and a burst is gone after a few


def tidy() -> int:
    """Delete the oldest work done more than KEPT ago, at most MOST pieces; return how many. What failed stays.

    Counters of the rate limit go with it.
    """
    rate.forget()
    old = DueWork.objects.filter(done_at__lt=clock.now() - KEPT).order_by("id").values_list("id", flat=True)
    return DueWork.objects.filter(id__in=list(old[:MOST])).delete()[0]


def in_portions(delete_some: Callable[[], int]) -> int:
    """Delete portion after portion until one is empty, or SECONDS are over; return how many went.

    delete_some: deletes at most a bounded number and returns how many; each is a transaction of its own.
    """
    ends, gone = time.monotonic() + SECONDS, 0
    while some := delete_some():
        gone += some
        if time.monotonic() > ends:
            break
    return gone
