"""The promise ledger as it is read: what is owed on a case, how near it is, and how each promise ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import QuerySet

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import RUNNING, Case, CaseEvent, Promise
from tantam.desk.cases.soon import is_soon, minutes_left
from tantam.desk.plans.seeing import sees_house

ChipState = Literal["owed", "soon", "broken", "waiting", "kept", "withdrawn"]

_ORDER: dict[str, int] = {"broken": 0, "soon": 1, "owed": 1, "waiting": 2}
_OVER = 3  # after all of these


@dataclass(frozen=True, slots=True)
class PromiseChip:
    """One promise as it stands now.

    due_at: aware; when it was due for one that ended; the old instant while it waits. minutes: open minutes left
    (owed, soon, waiting), minutes since it was due (broken), 0 (kept). share: of its time used, 0..1.
    because: stored codes, spoken with `plans.version(plan_number).because(chip.because, lang)`.
    clock: the hours that it runs on, "" for none. at: when it ended, None while owed.
    fulfilled: done, in time or after all. words: in which a person promised it, "" for the plan's. moved, moved_late:
    how often its time was changed. ends_at: of an appointment or visit.
    """

    id: int
    kind: str
    state: ChipState
    due_at: datetime
    minutes: int
    share: float
    clause: str
    because: dict[str, Any]
    plan_number: int
    clock: str
    made_at: datetime
    at: datetime | None = None
    fulfilled: bool = False
    words: str = ""
    moved: int = 0
    moved_late: int = 0
    by_hand: bool = False
    ends_at: datetime | None = None


def chips(case: Case, now: datetime) -> tuple[PromiseChip, ...]:
    """Return the case's promises: broken and not made good, owed by what is due first, waiting, then ended ones.

    No query if `promises` is prefetched.
    """
    return chips_of([case], now)


def chips_of(cases: Iterable[Case], now: datetime) -> tuple[PromiseChip, ...]:
    """Return the promises of joined cases as one list, in the order of `chips`."""
    return tuple(sorted((chip(each, now) for case in cases for each in case.promises.all()), key=_urgency))


def most_urgent(chips_of_case: Iterable[PromiseChip]) -> PromiseChip | None:
    """Return the chip that a row of the inbox shows, None if nothing is owed any more."""
    return min((each for each in chips_of_case if not _is_over(each)), key=_urgency, default=None)


def still_owed(person: object, now: datetime, until: datetime) -> QuerySet[Promise]:
    """Return the promises whose clock runs and that are due in [now, until), soonest first, as far as one may see."""
    running = Promise.objects.filter(RUNNING, due_at__gte=now, due_at__lt=until)
    seen = cases_for(person)  # of whoever sees every case, nothing is asked: that would be a list of them all
    return (running.filter(case__in=seen) if seen.query.where else running).order_by("due_at")


def ended(person: Person, since: datetime, until: datetime) -> QuerySet[CaseEvent]:
    """Return the ends of promises, kept or broken, in [since, until), newest first, as far as one may see."""
    ends = (Promise.State.KEPT.value, Promise.State.BROKEN.value)
    found = CaseEvent.objects.filter(code__in=ends, at__gte=since, at__lt=until).order_by("-at", "-id")
    return found if sees_house(person) else found.filter(case__in=cases_for(person))


def chip(promise: Promise, now: datetime) -> PromiseChip:
    """Return one promise as it stands now. One that is past its time reads broken before the worker says so."""
    state, minutes = _standing(promise, now)
    return PromiseChip(
        id=promise.pk,
        kind=promise.kind,
        state=state,
        due_at=promise.due_at,
        minutes=minutes,
        share=_share(promise, state, now),
        clause=promise.clause,
        because=promise.because,
        plan_number=promise.plan_version_id,
        clock=promise.clock,
        made_at=promise.made_at,
        at=promise.ended_at,
        fulfilled=promise.fulfilled_at is not None,
        words=promise.words,
        moved=promise.moved,
        moved_late=promise.moved_late,
        by_hand=promise.by_hand,
        ends_at=promise.ends_at,
    )


def _standing(promise: Promise, now: datetime) -> tuple[ChipState, int]:
    match promise.state:
        case Promise.State.KEPT:
            return "kept", 0
        case Promise.State.WITHDRAWN:
            return "withdrawn", 0
        case Promise.State.BROKEN:
            return "broken", _since(promise.over_at, promise.fulfilled_at or now)
    if promise.paused_at is not None:
        return "waiting", round(promise.minutes_left or 0)
    if promise.over_at <= now:
        return "broken", _since(promise.over_at, now)
    if promise.due_at <= now:
        return "soon", 0
    left = minutes_left(promise, now)
    return ("soon" if is_soon(left) else "owed"), left


def _since(due: datetime, now: datetime) -> int:
    return max(0, (now - due) // timedelta(minutes=1))


def _share(promise: Promise, state: ChipState, now: datetime) -> float:
    if state in ("broken", "kept", "withdrawn"):
        return 1.0
    until = promise.paused_at or now
    whole = (promise.due_at - promise.made_at).total_seconds()
    return min(1.0, max(0.0, (until - promise.made_at).total_seconds() / whole)) if whole > 0 else 1.0


def _urgency(each: PromiseChip) -> tuple[int, float]:
    if _is_over(each):
        return _OVER, -(each.at or each.due_at).timestamp()
    return _ORDER[each.state], each.due_at.timestamp()


def _is_over(each: PromiseChip) -> bool:
    """Whether nothing is owed of it any more: kept, withdrawn, or made good."""
    return each.fulfilled or each.state in ("kept", "withdrawn")
