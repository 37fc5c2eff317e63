"""Whom an event concerns, and as what; never who did it, never who may not see the case."""

from __future__ import annotations

from collections.abc import Iterable

from tantam.desk import duty
from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.access import sees
from tantam.desk.cases.models import CaseEvent, Promise
from tantam.desk.notices.models import Kind

WATCHED = ("handed_over", "escalated", "received", "landed", "reopened", "resolved", "broken")
MOST_ON_DUTY = 5  # of a level, where nobody has the case


def concerned(event: CaseEvent) -> list[tuple[Person, Kind]]:
    """Return who is told of the event; whom it concerns twice is told once, as what comes first."""
    meant: dict[int, Kind] = {}
    for person, kind in _meant(event):
        if person is not None and person != event.person_id:
            meant.setdefault(person, kind)
    people = Person.objects.filter(pk__in=meant, is_active=True).order_by("pk")
    return [(each, meant[each.pk]) for each in people if sees(each, event.case)]


def _meant(event: CaseEvent) -> Iterable[tuple[int | None, Kind]]:
    owner, args = event.case.owner_id, event.args
    match event.code:
        case "handed_over" | "taken":
            yield args.get("owner"), Kind.HANDED
        case "mentioned":
            yield from ((each, Kind.MENTION) for each in args["people"])
        case "received" | "landed" | "reopened":
            yield owner, Kind.CUSTOMER
        case "bounced" | "complained" | "disputed" | "rated" | "decision_changed" | "quote_accepted" | "quote_declined":
            yield from ((each, Kind.CUSTOMER) for each in _who_has(event))
        case "step_missed":
            yield from ((each, Kind.CUSTOMER) for each in _who_has(event))
        case "held_back":
            yield args.get("of"), Kind.CUSTOMER
            yield owner, Kind.CUSTOMER  # for a letter whose writer left
        case "reminded" | "endangered":
            yield args.get("owner"), Kind.PROMISE
        case "broken":
            yield from ((each, Kind.PROMISE) for each in _answerable(event))
        case "approval_asked" | "approval_passed_up":
            yield from ((each, Kind.APPROVAL) for each in _deciding(event))
        case "budget_nearly_spent" | "budget_spent":
            yield from ((each, Kind.BUDGET) for each in managers())
        case "approval_given" | "approval_refused":
            yield args.get("asked_by"), Kind.APPROVAL
    if event.code in WATCHED:
        yield from ((each, Kind.WATCHED) for each in event.case.watchers.values_list("person", flat=True))


def _answerable(event: CaseEvent) -> list[int]:
    """Return who answers for a broken promise: who gave it, who has the case, else who is on duty at its level."""
    promise = Promise.objects.filter(pk=event.args.get("promise")).first()
    maker = promise.made_by_id if promise is not None and promise.by_hand else None
    return [maker] if maker is not None else _who_has(event)


def _who_has(event: CaseEvent) -> list[int]:
    """Return who has the case, else who is on duty at its level."""
    if event.case.owner_id is not None:
        return [event.case.owner_id]
    return [each.pk for each in duty.on_duty(event.at, level=event.case.level)[:MOST_ON_DUTY]]


def managers() -> list[int]:
    """Return who manages the service: what policies give is theirs to answer for."""
    return list(Person.objects.filter(role=Role.MANAGER, is_active=True).order_by("pk").values_list("pk", flat=True))


def _deciding(event: CaseEvent) -> list[int]:
    """Return who is on duty at the level that decides."""
    there = duty.on_duty(event.at, level=event.args["level"])
    return [each.pk for each in there][:MOST_ON_DUTY]
