"""Erases a customer: the worker's part, portion after portion of their cases, then who they are; killed, it goes on.

Every portion is a transaction of its own, which notes what went; the last one takes the name and the addresses, by
which the rest is found until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.common import clock, database, work
from tantam.desk.common.ids import given_at
from tantam.desk.customers.models import Customer
from tantam.desk.privacy import leaving
from tantam.desk.privacy.emptying import empty
from tantam.desk.privacy.models import Emptied, Erasure
from tantam.desk.privacy.taking import added
from tantam.desk.reports.export import write_anew
from tantam.desk.search import anew, keeping

ERASE = "erase_customer"  # work whose payload is {"erasure": its key}
ERASE_WHEN_TOLD = "erase_when_told"  # work whose payload is {"request": its key, "message": key of the letter}
HISTORY = "write_history_anew"  # work whose payload is {"events": keys of events that lost words, one a month will do}
TRACES = "leave_no_traces"  # work whose payload is {"customers": their keys}
LATER = timedelta(minutes=5)  # what is under way just now is exported by then
AGAIN = timedelta(minutes=1)  # somebody was reading just then
NOT_YET = timedelta(hours=1)  # they came once more, and are served first
AT_ONCE = 50  # cases in one transaction


@work.handles_long(ERASE)
def erase(payload: Mapping[str, Any]) -> None:
    """Erase the customer and who was merged into them, unless that was done. Raises Later while they are served."""
    while _portion(payload["erasure"]):
        work.hold()


@work.handles_long(HISTORY)
def rewrite(payload: Mapping[str, Any]) -> None:
    """Write the months anew in which these events lie, from what the database has, once nobody else is at it."""
    write_anew(payload["events"])


@work.handles_long(TRACES)
def leave_no_traces(payload: Mapping[str, Any]) -> None:
    """Take what was erased out of the database's own files as well. Raises Later while somebody reads."""
    keys = list(Case.objects.filter(customer__in=payload["customers"]).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), keeping.BATCH):
        keeping.index_cases(keys[start : start + keeping.BATCH])  # their customer is called otherwise by now
        work.hold()
    anew.fill()
    if not database.fold_log():
        raise work.Later(clock.now() + AGAIN)


def everyone_of(customer: int) -> list[int]:
    """Return the keys of a customer and of all who were merged into them, directly or through others."""
    found, newest = [customer], [customer]
    while newest := list(Customer.objects.filter(merged_into__in=newest).values_list("pk", flat=True)):
        found += newest
    return found


def cases_left(erasure: Erasure) -> QuerySet[Case]:
    """Return those of their cases that still hold words."""
    done = Emptied.objects.filter(at__gte=erasure.asked_at).values("case")
    theirs = Case.objects.filter(customer__in=everyone_of(erasure.customer_id))
    return theirs.filter(~Q(pk__in=done) | ~Q(last_words=""))


@transaction.atomic
def _portion(pk: int) -> bool:
    """Empty the next cases, or take who they are once there are none; return whether more is to be done."""
    erasure = Erasure.objects.select_for_update(of=("self",)).filter(pk=pk, done_at=None).first()
    if erasure is None:
        return False
    some = list(cases_left(erasure).order_by("pk")[:AT_ONCE])
    if any(each.is_under_way for each in some):
        raise work.Later(clock.now() + NOT_YET)
    if not some:
        _take_who_they_are(erasure)
        return False
    keys, now = [each.pk for each in some], clock.now()
    went, _events = empty(keys)
    Emptied.objects.bulk_create(
        [Emptied(case_id=each, at=now) for each in keys],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["at"],
    )
    erasure.went = added(erasure.went, went)
    erasure.save(update_fields=["went"])
    return True


def _take_who_they_are(erasure: Erasure) -> None:
    everyone, now = everyone_of(erasure.customer_id), clock.now()
    theirs = CaseEvent.objects.filter(case__customer__in=everyone)
    months = {given_at(each).strftime("%Y-%m"): each for each in theirs.order_by("-pk").values_list("pk", flat=True)}
    erasure.went = added(erasure.went, leaving.take(leaving.whom_of(everyone)))
    erasure.done_at = now
    erasure.save(update_fields=["done_at", "went"])
    anew.begin()
    work.due(HISTORY, f"erased:{erasure.pk}", {"events": list(months.values())}, now)
    work.due(HISTORY, f"erased:{erasure.pk}:later", {"events": list(months.values())}, now + LATER)
    work.due(TRACES, f"traces:{erasure.pk}", {"customers": everyone}, now)
