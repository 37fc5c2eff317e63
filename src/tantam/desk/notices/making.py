"""Makes notices of what happened, and asks for their telling when their reader is on duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from tantam.desk import duty, plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import CaseEvent
from tantam.desk.cases.routing import whom
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles
from tantam.desk.notices import telling
from tantam.desk.notices.concerned import concerned
from tantam.desk.notices.listening import NOTIFY
from tantam.desk.notices.models import Kind, Notice
from tantam.desk.plans import directives

URGENT = (Kind.PROMISE, Kind.CUSTOMER, Kind.APPROVAL)  # who is off duty has somebody in their place
USUALLY = timedelta(days=1)  # until something has to be done, where nothing is due
DIRECTIVES = "notify_directives"
recurs(DIRECTIVES, timedelta(minutes=10))


@handles(NOTIFY)
def notify(payload: Mapping[str, Any]) -> None:
    """Make the notices of one event; done twice, nothing is told twice."""
    event = CaseEvent.objects.select_related("case").filter(pk=int(payload["event"])).first()
    if event is None:
        return
    now = clock.now()
    for person, kind in concerned(event):
        told, at = _when(person, kind, event, now)
        with transaction.atomic():
            notice = _kept(told, kind, event, now)
            if notice is not None:
                telling.ask(notice, at)


def _when(person: Person, kind: Kind, event: CaseEvent, now: datetime) -> tuple[Person, datetime | None]:
    """Return who is told, and when: on duty only; None where nobody comes back within a year."""
    if kind in URGENT:
        told = whom(person, event.case.level, now=now, due=event.case.next_due_at or now + USUALLY)
        return (told.person, told.at) if told else (person, None)
    return person, duty.next_on_duty(person, now)


def _kept(person: Person, kind: Kind, event: CaseEvent, now: datetime) -> Notice | None:
    """Return the new notice; None where the event was told already, or joins one that waits to be read."""
    theirs = Notice.objects.filter(person=person, case=event.case, kind=kind)
    if theirs.filter(last_event__gte=event.pk).exists():
        return None
    news = {"code": event.code, "args": event.args, "actor": event.person_id, "last_event": event.pk, "at": now}
    if theirs.filter(read_at=None).update(**news, times=F("times") + 1):
        return None
    return Notice.objects.create(
        person=person,
        case=event.case,
        kind=kind,
        **news | {"actor": event.person},
    )


@handles(DIRECTIVES)
def notify_directives(_payload: Mapping[str, Any]) -> None:
    """Tell each whom a directive binds of it, once."""
    try:
        laid = plans.in_force().directives
    except plans.NoPlan:
        return
    now = clock.now()
    for directive in laid:
        _done, unread = directives.readers(directive)
        known = set(Notice.objects.filter(directive=directive).values_list("person", flat=True))
        for person in unread:
            if person.pk not in known:
                _tell_directive(directive.number, person, now)


def _tell_directive(number: int, person: Person, now: datetime) -> None:
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            person=person,
            directive_id=number,
            defaults={"kind": Kind.DIRECTIVE, "code": "directed", "last_event": number, "at": now},
        )
        if made:
            telling.ask(notice, duty.next_on_duty(person, now))
