"""A promise as a person makes it: what, by when, where; when its maker is reminded, and what it overlaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Promise
from tantam.desk.cases.soon import SOON
from tantam.desk.plans.vows import Found, found

BY_HAND, CALL, APPOINTMENT, VISIT = "by_hand", "call_back", "appointment", "visit"
KINDS = (BY_HAND, CALL, APPOINTMENT, VISIT)
MEETINGS = (APPOINTMENT, VISIT)  # begin and end, have a place, and go into a calendar
MEETING_LASTS = timedelta(hours=1)  # where nobody says how long
MOST_WORDS = 200
MOST_OVERLAPS = 20  # told to whoever makes another

_REMIND = {CALL: timedelta(minutes=10), APPOINTMENT: timedelta(minutes=30), VISIT: timedelta(hours=1)}
_USUALLY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Vow:
    """words: what is promised. due: aware; of an appointment or visit when it begins, and `ends` when it is over.

    supports: the id of the promise that rests on it.
    """

    words: str
    due: datetime
    kind: str = BY_HAND
    place: str = ""
    ends: datetime | None = None
    supports: int | None = None


def remind_at(kind: str, due: datetime, now: datetime) -> datetime:
    """Return when the maker is reminded: some time before, at the latest half-way."""
    return due - min(_REMIND.get(kind, _USUALLY), (due - now) / 2)


def is_late(promise: Promise, now: datetime) -> bool:
    """Whether changing it now is late: after its time, or within the hour before."""
    return now > promise.due_at - SOON


def overlapping(person: Person, begins: datetime, ends: datetime, *, but: int | None = None) -> list[Promise]:
    """Return the person's other appointments and visits in [begins, ends), the earliest first, MOST_OVERLAPS of them.

    but: a promise's id that is left out.
    """
    mine = Promise.objects.filter(made_by=person, kind__in=MEETINGS, state=Promise.State.OWED)
    there = mine.filter(due_at__lt=ends, ends_at__gt=begins).exclude(pk=but)
    return list(there.select_related("case__customer").order_by("due_at")[:MOST_OVERLAPS])


__all__ = [
    "APPOINTMENT",
    "BY_HAND",
    "CALL",
    "KINDS",
    "MEETINGS",
    "MEETING_LASTS",
    "MOST_WORDS",
    "VISIT",
    "Found",
    "Vow",
    "found",
    "is_late",
    "overlapping",
    "remind_at",
]
