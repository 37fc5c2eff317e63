"""What departments owe each other, on the ledger: what rests on it, and who is told when it is late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Actor, Case, CaseEvent, Promise
from tantam.desk.cases.owners import own
from tantam.desk.common import work
from tantam.desk.common.work import handles

WARN = "warn_of_department"  # work whose payload is {"promise": id of the department's promise}


def resting(case: Case) -> QuerySet[Promise]:
    """Return the departments' promises on which promises of this case rest, soonest first."""
    found = Promise.objects.filter(supports__case=case).exclude(owed_by="")
    return found.select_related("case__owner", "supports").order_by("due_at", "id")


def supported(case: Case) -> QuerySet[Promise]:
    """Return the departments' promises of this case, each with the promise to the outer customer that rests on it."""
    return case.promises.exclude(owed_by="").select_related("supports__case__customer").order_by("due_at", "id")


def queue(person: object, department: str) -> QuerySet[Case]:
    """Return what a department has to do, as far as one may see: what is owed first comes first."""
    found = cases_for(person).filter(department=department, status__in=Case.UNDER_WAY)
    return found.select_related("customer", "owner").order_by("next_due_at", "id")


def give_to_its_people(act: Act) -> None:
    """Make the one of the department's people who has least to do the owner of its case; nobody, if it has no people.

    A department's people are those whose team bears its name.
    """
    people = Person.objects.filter(is_active=True, team=act.case.department)
    busy = Count("cases", filter=Q(cases__status__in=Case.UNDER_WAY))
    owner = people.annotate(busy=busy).order_by("busy", "pk").first()
    if owner is not None:
        own(act, owner)


@hears("broken")
def warn_of_late_department(act: Act, event: CaseEvent) -> None:
    """Ask that the outer case is told, once this action is over: its case is another one, with a lock of its own."""
    promise = Promise.objects.filter(pk=event.args.get("promise"), supports__isnull=False).exclude(owed_by="").first()
    if promise is not None:
        work.due(WARN, f"department:{promise.pk}", {"promise": promise.pk}, act.now)


@handles(WARN)
def warn(payload: Mapping[str, Any]) -> None:
    """Tell the owner of the outer promise that what it rests on is late; twice is once."""
    late = Promise.objects.select_related("supports__case").filter(pk=int(payload["promise"])).first()
    if late is None or late.supports is None or late.supports.state != Promise.State.OWED:
        return
    with transaction.atomic():
        held = joined.act_on_target(late.supports.case, Actor.PLAN)
        act = held.on(late.supports.case_id)
        if act.case.events.filter(code="endangered", args__rests_on=late.pk).exists():
            return
        args = {
            "promise": late.supports_id,
            "kind": late.supports.kind,
            "rests_on": late.pk,
            "department": late.owed_by,
        }
        act.append("endangered", clause=late.clause, owner=held.case.owner_id, **args)
