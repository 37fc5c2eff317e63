"""Rooms above hear what happens on cases: they register here, and no action names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantam.desk.cases.act import Act
    from tantam.desk.cases.models import CaseEvent

Hears = Callable[["Act", "CaseEvent"], None]

_heard_by: dict[str, list[Hears]] = defaultdict(list)


def hears(*codes: str) -> Callable[[Hears], Hears]:
    """Register a function for events of these codes; register it from the room's `apps.ready`.

    It is called inside the action's transaction, right after the event was written: it may append events of its own
    with the same act, and what it raises undoes the action.
    """

    def register(listener: Hears) -> Hears:
        for code in codes:
            if listener not in _heard_by[code]:
                _heard_by[code].append(listener)
        return listener

    return register


def tell(act: Act, event: CaseEvent) -> None:
    """Tell who listens, in the order in which they registered."""
    for listener in _heard_by.get(event.code, ()):
        listener(act, event)
