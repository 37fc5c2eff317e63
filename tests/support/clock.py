"""A clock that stands where a test puts it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType


class StandingClock:
    """Holds the desk's one clock at an instant; `set_to` and `forward` move it."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant
        self._held = ExitStack()

    def __enter__(self) -> StandingClock:
        self.set_to(self.instant)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._held.close()

    def set_to(self, instant: datetime) -> None:
        """Let the clock stand at `instant` (aware)."""
        from tantam.desk.common import clock

        self._held.close()
        self._held.enter_context(clock.set_to(instant))
        self.instant = instant

    def forward(self, **by: float) -> datetime:
        """Move the clock by a timedelta's arguments (`minutes=30`); return where it stands now."""
        self.set_to(self.instant + timedelta(**by))
        return self.instant
