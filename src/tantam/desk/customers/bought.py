"""What is on record about a purchase changes: whoever corrects it says so here, and rooms above hear it.

Nobody is asked what they make of it; what must be done about it they ask the worker for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

Listener = Callable[[Collection[int]], None]
_listeners: list[Listener] = []


def hears_corrections(listener: Listener) -> Listener:
    """Register a function that is called with the ids of purchases that were corrected, in the same transaction."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def corrected(purchases: Collection[int]) -> None:
    """Say that the record of these purchases is another one now; the caller is inside a transaction."""
    for listener in _listeners if purchases else ():
        listener(purchases)
