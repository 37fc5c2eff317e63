"""The one clock of the desk: everything that asks for the time asks here, so that tests and the demo can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


@contextmanager
def set_to(instant: datetime) -> Iterator[None]:
    """Let the clock stand at `instant` (aware) inside the block. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("The clock needs an aware datetime; give it a time zone.")
    before = _set_to.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(before)
