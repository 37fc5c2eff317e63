"""Rooms above hear what happens on cases: they register here, and no action names them."""

from __future__ import annotations

from collections.abc import Callable

from tantam.desk.cases.act import LISTENERS, Listener


def hears(*codes: str) -> Callable[[Listener], Listener]:
    """Register a function for events of these codes; register it from the room's `apps.ready`.

    It is called inside the action's transaction, right after the event was written: it may append events of its own
    with the same act, and what it raises undoes the action.
    """

    def register(listener: Listener) -> Listener:
        for code in codes:
            if listener not in LISTENERS[code]:
                LISTENERS[code].append(listener)
        return listener

    return register
