"""Changes what counts: prepared while others go on working, written under the lock if nothing moved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.plans import overlays
from tantam.desk.plans.overlays import State

MOST_TRIES = 3
Row = TypeVar("Row")


def written_in_turn(prepare: Callable[[State], Callable[[], Row]]) -> Row:
    """Return what was written. prepare: checks the change on what counts now, and returns what writes it.

    Raises Refused("plan_changed_meanwhile") after MOST_TRIES, and whatever preparing raises.
    """
    for _ in range(MOST_TRIES):
        before = overlays.state()
        write = prepare(before)
        with transaction.atomic():
            one_at_a_time("enact")
            if overlays.state() == before:
                return write()
    raise Refused("plan_changed_meanwhile")
