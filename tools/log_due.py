"""Recomputes when each incident of the ServiceNow log would have been due under plans/it-service, by ways of its own.

python -m tools.log_due FILE [HOURS]        HOURS: within which a case of high severity is promised, 8 unless said.

Like log_figures it imports nothing of Tantam. The promises of the plan are written out here once more; what replay says
is held against this.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from tools.log_figures import OFFICE, PLACE, Incident, is_working_day, office_minutes, read_log

SEVERITY = {
    ("1", "1"): "critical",
    **dict.fromkeys([("1", "2"), ("2", "1")], "high"),
    **dict.fromkeys([("1", "3"), ("2", "2"), ("3", "1")], "moderate"),
    **dict.fromkeys([("2", "3"), ("3", "2"), ("3", "3")], "low"),
}
HOURS = {"critical": 4, "high": 8}  # by day and night
WORKING_DAYS = {"moderate": 3, "low": 5}


@dataclass(frozen=True, slots=True)
class Turn:
    """From an opening or reopening to its settling. waits: the caller was waited for; the last may have no end."""

    begins: datetime
    resolved: datetime
    waits: Sequence[tuple[datetime, datetime | None]]


def severity(incident: Incident) -> str:
    """Return how severe the plan finds it: impact × urgency of its first row."""
    return SEVERITY[incident.rows[0]["impact"], incident.rows[0]["urgency"]]


def turns(incident: Incident) -> Iterator[Turn]:
    """Yield the turns of an incident; all are settled in the end."""
    begins, asked = incident.opened, None
    waits: list[tuple[datetime, datetime | None]] = []
    settled = False
    for when, what in incident.moments:
        match what:
            case "reopened":
                begins, waits, asked, settled = when, [], None, False
            case "asked":
                asked = when
            case "answered" if asked is not None:
                waits.append((asked, when))
                asked = None
            case "resolved" if not settled:
                if asked is not None:
                    waits.append((asked, None))
                yield Turn(begins, when, tuple(waits))
                settled, asked = True, None


def is_broken(turn: Turn, how_severe: str, hours: dict[str, int]) -> bool:
    """Return whether it was settled too late; while the caller is waited for the time stands still."""
    exact = how_severe in hours
    due = turn.begins + timedelta(hours=hours[how_severe]) if exact else _closing(turn.begins, WORKING_DAYS[how_severe])
    for begins, ends in turn.waits:
        if begins >= due:
            break
        if ends is None or ends >= turn.resolved:
            return False
        due = due + (ends - begins) if exact else _after(ends, office_minutes(begins, due))
    return turn.resolved > due


def broken(incidents: Sequence[Incident], hours: dict[str, int]) -> Counter[str]:
    """Return how many promises of a resolution would have been broken, by severity."""
    found: Counter[str] = Counter()
    for each in incidents:
        how_severe = severity(each)
        found[how_severe] += sum(is_broken(turn, how_severe, hours) for turn in turns(each))
    return found


def _closing(moment: datetime, working_days: int) -> datetime:
    day = moment.date()
    while working_days:
        day += timedelta(days=1)
        working_days -= is_working_day(day)
    return datetime.combine(day, time(OFFICE[-1][1] // 60), PLACE)


def _after(moment: datetime, minutes: float) -> datetime:
    """Return when so many office minutes have passed; the earliest such moment."""
    day = moment.date()
    while True:
        for start, end in OFFICE if is_working_day(day) else ():
            begins = max(moment, datetime.combine(day, time(), PLACE) + timedelta(minutes=start))
            room = (datetime.combine(day, time(), PLACE) + timedelta(minutes=end) - begins) / timedelta(minutes=1)
            if room >= minutes:
                return begins + timedelta(minutes=minutes)
            minutes -= max(0.0, room)
        day += timedelta(days=1)


if __name__ == "__main__":
    promised = HOURS | ({"high": int(sys.argv[2])} if len(sys.argv) > 2 else {})
    counts = broken(read_log(Path(sys.argv[1])).incidents, promised)
    print(counts.total(), dict(counts))
