"""The day as a ribbon: what was kept stands above the line, what broke falls below, what is owed waits at the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tantam.desk.accounts.models import Person
from tantam.desk.cases import ledger, tally
from tantam.desk.cases.models import CaseEvent
from tantam.desk.cases.soon import SOON

FIRST_HOUR, LAST_HOUR = 7, 21
MOST = 200  # that are drawn of what ended, and of what is owed
WIDTH = 1000  # of the day, in the drawing's own units


@dataclass(frozen=True, slots=True)
class Ticks:
    """All ticks of one look, as the path of an SVG that is WIDTH wide. look: k kept, b broken, s due soon, o owed."""

    look: str
    path: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The promises that end today: how many were kept, broken, are left (`tally.MOST` at the most), and where.

    now: where the day stands, as an SVG says it.
    """

    kept: int
    broken: int
    left: int
    now: str
    clock: str
    hours: tuple[tuple[str, str, str], ...]
    ticks: tuple[Ticks, ...]

    @property
    def left_shown(self) -> str:
        """How many are left, as it is written."""
        return tally.shown(self.left)


_HEIGHTS = {"k": (16, 28), "b": (28, 36), "s": (10, 28), "o": (16, 28)}


def today(person: Person, now: datetime) -> Ribbon:
    """Return the ribbon of the local day of `now` (aware). The figures count all; at most MOST of each have a tick."""
    local = timezone.localtime(now)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(days=1)
    ended, owed = ledger.ended(person, start, end), ledger.still_owed(person, now, end)
    ends = list(ended.values_list("code", "at")[:MOST])
    kept, broken = _counted(ended, ends)
    dues = list(owed.values_list("due_at", flat=True)[:MOST])
    looks = [("k" if code == "kept" else "b", at) for code, at in ends]
    looks += [(_ahead(due, now), due) for due in dues]
    return Ribbon(
        kept=kept,
        broken=broken,
        left=len(dues) if len(dues) < MOST else owed[: tally.MOST].count(),
        now=f"{_across(now) / WIDTH:.1%}",
        clock=local.strftime("%H:%M"),
        hours=_hours(),
        ticks=tuple(_ticks(looks)),
    )


def _counted(ended: QuerySet[CaseEvent], seen: list[tuple[str, datetime]]) -> tuple[int, int]:
    """Return how many were kept and broken; asked of the database only where there are more than were seen."""
    if len(seen) < MOST:
        codes = [code for code, _ in seen]
        return codes.count("kept"), codes.count("broken")
    counts = ended.order_by().aggregate(
        kept=Count("id", filter=Q(code="kept")), broken=Count("id", filter=Q(code="broken"))
    )
    return counts["kept"], counts["broken"]


def _ahead(due: datetime, now: datetime) -> str:
    return "s" if due - now <= SOON else "o"


def _ticks(looks: Iterable[tuple[str, datetime]]) -> Iterable[Ticks]:
    """Yield the ticks of each look; those that would stand on one another are drawn once."""
    places: dict[str, set[int]] = {}
    for look, at in looks:
        places.setdefault(look, set()).add(_across(at))
    for look, (top, bottom) in _HEIGHTS.items():
        if look in places:
            yield Ticks(look, "".join(f"M{x} {top}V{bottom}" for x in sorted(places[look])))


def _across(instant: datetime) -> int:
    """Return where an instant stands between the first and the last hour, of WIDTH, held inside."""
    local = timezone.localtime(instant)
    hours = local.hour + local.minute / 60
    return round(WIDTH * min(1, max(0, (hours - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR))))


def _hours() -> tuple[tuple[str, str, str], ...]:
    """Return (where, hour, class) of the hours written under the line."""
    shown = range(FIRST_HOUR + 1, LAST_HOUR, 3)
    return tuple((f"{100 * (each - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR):.1f}%", f"{each}:00", "m") for each in shown)
