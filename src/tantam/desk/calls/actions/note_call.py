"""Note what a telephone system tells of a call; a missed one becomes a call back that is owed.

What is told may come twice and in any order.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tantam.desk.accounts.models import MOST_EXTENSION
from tantam.desk.calls.actions.answer import they_reached_us
from tantam.desk.calls.actions.miss import owe
from tantam.desk.calls.models import MOST_CALL, Call
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, work
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.common.work import handles
from tantam.desk.customers.contacts import normal_phone
from tantam.desk.plans import RunningPlan, calling

LOOK = "look_at_call"  # work whose payload is {"call": id}
SETTLED = timedelta(seconds=10)  # after its end, what was told of a call out of order has come
FUTURE = timedelta(minutes=5)  # so far may a telephone system's clock be ahead


class What(enum.StrEnum):
    """What happened to a call. ended: it is over; one that came in and that nobody answered was missed."""

    RINGING = "ringing"
    ANSWERED = "answered"
    MISSED = "missed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """name: of the call, the same in all that is told of it. number: of the other side, as it was written.

    at: aware. line: ours; extension: whose telephone it is about, "" for none.
    """

    name: str
    what: What
    at: datetime
    incoming: bool
    number: str
    line: str = ""
    extension: str = ""


def note_call(told: Told, plan: RunningPlan) -> Case | None:
    """Return the case that it concerns, None where it concerns none. plan: in force."""
    with transaction.atomic():
        one_at_a_time(_held(told.name))
        call, news = _noted(told, plan)
        if not news or call.direction != Call.Direction.INCOMING:
            return call.case
        match told.what:
            case What.MISSED if call.answered_at is None:
                return owe(call, plan)
            case What.ANSWERED:
                return they_reached_us(call)
            case What.ENDED if call.answered_at is None and call.missed_at is None:
                work.due(LOOK, f"{LOOK}:{call.pk}", {"call": call.pk}, clock.now() + SETTLED)
        return call.case


@handles(LOOK)
def look_at_call(payload: Mapping[str, Any]) -> None:
    """Count a call that is over as missed, unless it was answered or is counted already."""
    from tantam.desk import plans

    with transaction.atomic():
        known = Call.objects.get(pk=int(payload["call"]))
        one_at_a_time(_held(known.name or ""))
        call = Call.objects.get(pk=known.pk)
        if call.answered_at is None and call.missed_at is None:
            call.missed_at = call.ended_at
            call.save(update_fields=["missed_at"])
            owe(call, plans.in_force(clock.now()))


def _held(name: str) -> str:
    """Return the key under which one transaction at a time notes what is told of a call."""
    return f"call:{name[:MOST_CALL]}"


def _noted(told: Told, plan: RunningPlan) -> tuple[Call, bool]:
    """Return the call as it is known now, and whether this was not told before."""
    at = min(told.at, clock.now() + FUTURE)
    call = Call.objects.filter(name=told.name[:MOST_CALL]).first() or _begun(told, plan, at)
    field = {What.RINGING: "rang_at", What.ANSWERED: "answered_at", What.MISSED: "missed_at", What.ENDED: "ended_at"}
    known = getattr(call, field[told.what])
    setattr(call, field[told.what], min(known, at) if known else at)
    call.at = min(call.at, at)
    call.outside = not calling.answered_at(plan, call.at)
    call.extension = _extension(call, told)
    call.save()
    return call, known is None


def _extension(call: Call, told: Told) -> str:
    """Return whose telephone answered the call; before that all that ring, as far as there is room for them."""
    known, told_of = call.extension.split(), told.extension[:MOST_EXTENSION]
    if not told_of or told_of in known or (call.answered_at and told.what is not What.ANSWERED):
        return told_of if told_of and told.what is What.ANSWERED else call.extension
    together = told_of if told.what is What.ANSWERED else " ".join([*known, told_of])
    return together if len(together) <= MOST_EXTENSION else call.extension


def _begun(told: Told, plan: RunningPlan, at: datetime) -> Call:
    return Call(
        name=told.name[:MOST_CALL],
        direction=Call.Direction.INCOMING if told.incoming else Call.Direction.OUTGOING,
        number=normal_phone(told.number, plan.country),
        line=told.line[:MOST_EXTENSION],
        extension=told.extension[:MOST_EXTENSION],
        at=at,
    )
