"""When a case that was put to sleep wakes: at its time, at the customer's word, or an hour before something is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Actor, Case, CaseEvent
from tantam.desk.cases.soon import SOON
from tantam.desk.common import clock, work
from tantam.desk.common.work import handles

WAKE = "wake_case"  # work whose payload is {"case": id}

Why = Literal["time", "word", "owed", "hand", "moved"]

_WORD, _MOVED = ("received", "landed"), ("handed_over", "escalated", "resolved", "reopened", "broken", "merged")


def wakes_at(case: Case) -> datetime | None:
    """Return when the sleeping case wakes at the latest; None if only the customer's word wakes it."""
    known = (case.snoozed_until, awake_from(case))
    return min((each for each in known if each is not None), default=None)


def awake_from(case: Case) -> datetime | None:
    """Return from when on it does not sleep, because something is due soon; None if nothing is due."""
    return case.next_due_at - SOON if case.next_due_at else None


def watch(case: Case) -> None:
    """Ask for work at the time at which a sleeping case wakes; again whenever that time changes."""
    at = wakes_at(case) if case.snoozed_at else None
    if case.snoozed_at and at:
        key = f"wake:{case.pk}:{int(case.snoozed_at.timestamp() * 1000)}:{int(at.timestamp() * 1000)}"
        work.due(WAKE, key, {"case": case.pk}, at)


def wake_up(act: Act, why: Why) -> bool:
    """Wake the case of this act, with the event; return whether it slept."""
    if act.case.snoozed_at is None:
        return False
    act.save(snoozed_at=None, snoozed_until=None)
    act.append("woken", why=why)
    return True


def wake_in_time(case_id: int) -> bool:
    """Wake the case if it sleeps and its time has come; return whether it woke. Too early, it is looked at again."""
    with transaction.atomic():
        case = Case.objects.filter(pk=case_id).exclude(snoozed_at=None).first()
        if case is None:
            return False
        act = act_on(case, Actor.PLAN)
        at, until = wakes_at(act.case), act.case.snoozed_until
        if act.case.snoozed_at is None or at is None:
            return False
        if at > act.now:
            watch(act.case)
            return False
        return wake_up(act, "time" if until is not None and until <= act.now else "owed")


@handles(WAKE)
def look(payload: Mapping[str, Any]) -> None:
    """Wake the case of a piece of due work."""
    wake_in_time(int(payload["case"]))


@hears(*_WORD, *_MOVED)
def _stir(act: Act, event: CaseEvent) -> None:
    """Wake a case on which something happened that its owner waits for, or that gives it another one."""
    if act.case.snoozed_at is not None:
        wake_up(act, "word" if event.code in _WORD else "moved")


def sleeps(case: Case) -> bool:
    """Whether the case sleeps now; one whose time has come is awake, even before the worker says so."""
    at = wakes_at(case)
    return case.snoozed_at is not None and (at is None or at > clock.now())
