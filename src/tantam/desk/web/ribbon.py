"""The day as a ribbon: what was kept stands above the line, what broke falls below, what is owed waits at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from tantam.desk.cases.models import Promise

FIRST_HOUR, LAST_HOUR = 7, 21
MOST = 300


@dataclass(frozen=True, slots=True)
class Tick:
    """at: per cent of the day from left to right. look: k kept, b broken, s due within the hour, o owed."""

    at: str
    look: str
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The promises that end today: how many were kept, broken, are left, and where each stands."""

    kept: int
    broken: int
    left: int
    now: str
    clock: str
    hours: tuple[tuple[str, str, str], ...]
    ticks: tuple[Tick, ...]


_HEIGHTS = {"k": (16, 28), "b": (28, 36), "s": (10, 28), "o": (16, 28)}


def today(now: datetime) -> Ribbon:
    """Return the ribbon of the local day of `now` (aware); one query, at most MOST promises."""
    local = timezone.localtime(now)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(days=1)
    ended = Promise.objects.filter(ended_at__gte=start, ended_at__lt=end)
    owed = Promise.objects.filter(state=Promise.State.OWED, paused_at=None, due_at__gte=now, due_at__lt=end)
    found = (ended | owed).order_by("due_at").values_list("state", "ended_at", "due_at")[:MOST]
    ticks = [_tick(state, ended_at or due_at, now) for state, ended_at, due_at in found]
    looks = [each.look for each in ticks]
    return Ribbon(
        kept=looks.count("k"),
        broken=looks.count("b"),
        left=looks.count("s") + looks.count("o"),
        now=_across(local),
        clock=local.strftime("%H:%M"),
        hours=_hours(),
        ticks=tuple(ticks),
    )


def _tick(state: str, at: datetime, now: datetime) -> Tick:
    match state:
        case Promise.State.KEPT:
            look = "k"
        case Promise.State.BROKEN:
            look = "b"
        case _:
            look = "s" if at - now < timedelta(hours=1) else "o"
    return Tick(_across(timezone.localtime(at)), look, *_HEIGHTS[look])


def _across(local: datetime) -> str:
    """Return where an instant stands between the first and the last hour, in per cent, held inside."""
    hours = local.hour + local.minute / 60
    return f"{100 * min(1, max(0, (hours - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR))):.1f}%"


def _hours() -> tuple[tuple[str, str, str], ...]:
    """Return (where, hour, class) of the hours written under the line."""
    shown = range(FIRST_HOUR + 1, LAST_HOUR, 3)
    return tuple((f"{100 * (each - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR):.1f}%", f"{each}:00", "m") for each in shown)
