"""Recomputes the figures of the ServiceNow log from its raw file, by ways of its own: csv, datetime, statistics.

python -m tools.log_figures FILE        FILE: incident_event_log.csv, also .gz. Prints JSON.

Nothing of Tantam is imported: what history says of this log is held against this. What a row means stands in
plans/it-service/history/servicenow.yaml, the hours in plans/it-service/plan.yaml; both are written out here once more.
All times are the log's own wall clock, read as that of a place without daylight saving.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

DONE = ("Resolved", "Closed")
WAITING = "Awaiting User Info"
SEVERITIES = {"1": "critical", "2": "high", "3": "moderate", "4": "low"}
CHANNELS = {
    "Phone": "phone",
    "IVR": "phone",
    "Email": "mail",
    "Self service": "self_service",
    "Direct opening": "direct",
}
# Days off in Vietnam from the log's first day to its last that are no Saturday or Sunday, those in lieu included:
# the Hung Kings, Victory and Labour Day, National Day; New Year and Tết of 2017.
DAYS_OFF = {
    *(date(2016, 4, 18), date(2016, 5, 2), date(2016, 5, 3), date(2016, 9, 2), date(2017, 1, 2)),
    *(date(2017, 1, 26), date(2017, 1, 27), date(2017, 1, 30), date(2017, 1, 31), date(2017, 2, 1)),
}
OFFICE = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))  # minutes of the day
EPOCH = date(2016, 1, 1)
PLACE = timezone(timedelta(hours=7))
Clock = Callable[[datetime, datetime], float]


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. rows: those not rejected, in order. moments: (when, what) of its life, ascending."""

    number: str
    opened: datetime
    rows: Sequence[dict[str, str]]
    moments: Sequence[tuple[datetime, str]]

    @property
    def resolved(self) -> datetime:
        """When it was settled for good: the first settling after the last reopening."""
        last = max((at for at, (_, what) in enumerate(self.moments) if what == "reopened"), default=-1)
        return next(when for when, what in self.moments[last + 1 :] if what == "resolved")

    @property
    def first_resolved(self) -> datetime:
        """When it was settled first."""
        return next(when for when, what in self.moments if what == "resolved")

    @property
    def kept(self) -> bool:
        """Whether its SLA was met, as its last row says."""
        return self.rows[-1]["made_sla"] == "true"

    @property
    def severity(self) -> str:
        """Of its first row."""
        return SEVERITIES[self.rows[0]["priority"]]


@dataclass(frozen=True, slots=True)
class Log:
    """The whole log. rows: in the file. rejected: {why: rows}."""

    incidents: Sequence[Incident]
    rows: int
    rejected: Counter[str]


def read_log(path: Path) -> Log:
    """Return the log in `path`, .csv or .csv.gz."""
    raw: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        for row in csv.DictReader(file):
            raw[row["number"]].append(row)
    rejected: Counter[str] = Counter()
    incidents = [_incident(number, rows, rejected) for number, rows in raw.items()]
    return Log(incidents, sum(map(len, raw.values())), rejected)


def _incident(number: str, rows: list[dict[str, str]], rejected: Counter[str]) -> Incident:
    opened = _when(rows[0]["opened_at"])
    good = []
    for row in rows:
        if row["incident_state"] == "-100":
            rejected["state -100"] += 1
        elif _when(row["sys_updated_at"]) < opened:
            rejected["before the opening"] += 1
        else:
            good.append(row)
    good.sort(key=lambda row: (_when(row["sys_updated_at"]), int(row["sys_mod_count"])))
    return Incident(number, opened, good, tuple(_moments(good)))


def _moments(rows: Sequence[dict[str, str]]) -> Iterator[tuple[datetime, str]]:
    waiting = settled = False
    reopened = 0
    for row in rows:
        when, state = _when(row["sys_updated_at"]), row["incident_state"]
        if int(row["reopen_count"]) > reopened:
            yield when, "reopened"
            reopened, settled = int(row["reopen_count"]), False
        if waiting and state != WAITING:
            yield when, "answered"
        if state == WAITING and not waiting:
            yield when, "asked"
        waiting = state == WAITING
        if state in DONE and not settled:
            yield when, "resolved"
            settled = True


@cache
def _when(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=PLACE)


def calendar_minutes(begin: datetime, end: datetime) -> float:
    """Return the minutes between two times."""
    return (end - begin) / timedelta(minutes=1)


def office_minutes(begin: datetime, end: datetime) -> float:
    """Return the minutes between two times in which the office is open: Monday to Friday but for days off."""
    return _open_until(end) - _open_until(begin)


def _open_until(moment: datetime) -> float:
    """Return the open minutes from EPOCH up to a moment."""
    minute = (moment - datetime.combine(moment.date(), time(), PLACE)) / timedelta(minutes=1)
    today = sum(max(0.0, min(minute, end) - start) for start, end in OFFICE) if is_working_day(moment.date()) else 0.0
    return _working_days_before(moment.date()) * sum(end - start for start, end in OFFICE) + today


@cache
def _working_days_before(day: date) -> int:
    return (
        0 if day <= EPOCH else _working_days_before(day - timedelta(days=1)) + is_working_day(day - timedelta(days=1))
    )


def is_working_day(day: date) -> bool:
    """Return whether the office opens on a day."""
    return day.weekday() < 5 and day not in DAYS_OFF


def minutes_running(incident: Incident, until: datetime, clock: Clock, *, waits: bool = False) -> float:
    """Return how long an incident has run up to `until`, without the time between settled and reopened.

    waits: whether the time in which the caller was waited for is left out as well.
    """
    total, since, waiting, settled = 0.0, incident.opened, False, False
    for when, what in [*((when, what) for when, what in incident.moments if when < until), (until, "end")]:
        if not settled and not (waits and waiting):
            total += clock(since, when)
        since = when
        waiting = what == "asked"
        settled = what == "resolved" or (settled and what != "reopened")
    return total


def repeated(incidents: Sequence[Incident], days: int = 30) -> dict[str, bool]:
    """Return by number whether its caller had another incident opened or settled in so many days before.

    Incidents without a caller are left out. "Before" is strictly earlier.
    """
    contacts: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    callers = {each.number: each.rows[0]["caller_id"] for each in incidents if each.rows[0]["caller_id"] != "?"}
    for each in incidents:
        if each.number in callers:
            when = [each.opened, *(when for when, what in each.moments if what == "resolved")]
            contacts[callers[each.number]] += [(moment, each.number) for moment in when]
    return {
        each.number: any(
            timedelta() < each.opened - when <= timedelta(days=days)
            for when, number in contacts[callers[each.number]]
            if number != each.number
        )
        for each in incidents
        if each.number in callers
    }


def reopened(incident: Incident, days: int = 14) -> bool:
    """Return whether it was taken up again within so many days of its first settling."""
    again = (when for when, what in incident.moments if what == "reopened")
    return any(when - incident.first_resolved <= timedelta(days=days) for when in again)


def passed_on(incident: Incident) -> bool:
    """Return whether it had gone to another group by the time it was settled for good, as the log counts."""
    return int(_until_settled(incident)[-1]["reassignment_count"]) > 0


def reassigned(incident: Incident) -> bool:
    """Return whether it had gone to another group or another person by then."""
    people = [row["assigned_to"] for row in _until_settled(incident) if row["assigned_to"] != "?"]
    return passed_on(incident) or len(set(people)) > 1


def _until_settled(incident: Incident) -> list[dict[str, str]]:
    found, reopenings = [], int(incident.rows[-1]["reopen_count"])
    for row in incident.rows:
        found.append(row)
        if int(row["reopen_count"]) == reopenings and row["incident_state"] in DONE:
            break
    return found


def open_at(incidents: Iterable[Incident], until: datetime) -> list[Incident]:
    """Return the incidents that were open at a moment."""

    def is_open(each: Incident) -> bool:
        lived = [what for when, what in each.moments if when < until and what in ("resolved", "reopened")]
        return each.opened < until and (not lived or lived[-1] == "reopened")

    return [each for each in incidents if is_open(each)]


def share(values: Iterable[bool]) -> dict[str, float]:
    """Return n, hits and the share."""
    listed = list(values)
    return {"n": len(listed), "hits": sum(listed), "share": sum(listed) / len(listed)}


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return n, median and quartiles of at least two values."""
    low, _, high = quantiles(values, n=4, method="inclusive")
    return {"n": len(values), "lower": low, "median": median(values), "upper": high}


def figures(log: Log) -> dict[str, Any]:
    """Return everything that docs/history-of-a-real-log.md shows."""
    every = log.incidents
    return {
        "incidents": len(every),
        "rows": log.rows,
        "rejected": dict(log.rejected),
        "sla": share(each.kept for each in every),
        "sla_by_month": _by(every, _month, lambda these: share(each.kept for each in these)),
        "sla_by_severity": _by(every, lambda each: each.severity, lambda these: share(each.kept for each in these)),
        "sla_by_channel": _by(every, channel, lambda these: share(each.kept for each in these)),
        "sla_by_category": _largest(every),
        "resolution_calendar": spread([calendar_minutes(each.opened, each.resolved) for each in every]),
        "resolution": resolutions(every, calendar_minutes),
        "resolution_office": resolutions(every, office_minutes),
        "resolution_office_by_month": _by(every, _month, lambda these: resolutions(these, office_minutes)),
        "resolution_office_by_severity": _by(
            every, lambda each: each.severity, lambda these: resolutions(these, office_minutes)
        ),
        "reopened": share(map(reopened, every)),
        "reopened_ever": share(int(each.rows[-1]["reopen_count"]) > 0 for each in every),
        "reassigned": share(map(reassigned, every)),
        "passed_on": share(map(passed_on, every)),
        "repeat_contact": share(repeated(every).values()),
        "backlog": {str(day): backlog(every, day) for day in BACKLOG_DAYS},
    }


BACKLOG_DAYS = (date(2016, 4, 1), date(2016, 5, 1), date(2016, 6, 1))


def backlog(incidents: Iterable[Incident], day: date) -> dict[str, float]:
    """Return n and ages in office minutes of what was open when a day began."""
    begin = datetime.combine(day, time(), PLACE)
    return spread([minutes_running(each, begin, office_minutes) for each in open_at(incidents, begin)])


def resolutions(incidents: Sequence[Incident], clock: Clock) -> dict[str, float]:
    """Return the minutes to settling, without the waiting for callers."""
    return spread([minutes_running(each, each.resolved, clock, waits=True) for each in incidents])


def _by(
    incidents: Sequence[Incident],
    key: Callable[[Incident], str],
    figure: Callable[[Sequence[Incident]], dict[str, float]],
) -> dict[str, dict[str, float]]:
    found: dict[str, list[Incident]] = defaultdict(list)
    for each in incidents:
        found[key(each)].append(each)
    return {name: figure(these) for name, these in sorted(found.items())}


def _largest(incidents: Sequence[Incident], most: int = 8) -> dict[str, dict[str, float]]:
    by = _by(incidents, lambda each: each.rows[0]["category"], lambda these: share(each.kept for each in these))
    return dict(sorted(by.items(), key=lambda pair: -pair[1]["n"])[:most])


def _month(incident: Incident) -> str:
    return f"{incident.resolved:%Y-%m}"


def channel(incident: Incident) -> str:
    """Return the way it came in, in the plan's words."""
    return CHANNELS[incident.rows[0]["contact_type"]]


if __name__ == "__main__":
    json.dump(figures(read_log(Path(sys.argv[1]))), sys.stdout, indent=2)
