"""Find a promise past its time: it is broken, and the case goes up by the plan."""

from __future__ import annotations


def break_promise(promise_id: int) -> bool:
    """Return whether it was broken now. Kept, paused, moved or already broken: False, and nothing happens."""
    raise NotImplementedError
