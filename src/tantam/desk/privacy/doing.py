"""Erases a customer: the worker's part, in one transaction, then the history's files; killed between, it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from tantam.desk.arrivals.models import Arrival
from tantam.desk.assistants.models import Doing
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases.models import Case
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock, work
from tantam.desk.customers.models import Contact, Customer, NamePart
from tantam.desk.duplicates.models import Merging, Pair
from tantam.desk.followups.models import FollowUp
from tantam.desk.imports.models import ExternalId
from tantam.desk.privacy.emptying import empty
from tantam.desk.privacy.models import Emptied, Erasure
from tantam.desk.reports.export import write_anew
from tantam.desk.search import keeping
from tantam.desk.search.models import Thing

ERASE = "erase_customer"  # work whose payload is {"erasure": its key}
HISTORY = "write_history_anew"  # work whose payload is {"events": keys of events that lost words}
LATER = timedelta(minutes=5)  # what is under way just now is exported by then


@work.handles(ERASE)
def erase(payload: Mapping[str, Any]) -> None:
    """Erase the customer and who was merged into them, unless that was done."""
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update(of=("self",)).filter(pk=payload["erasure"], done_at=None).first()
        if erasure is None:
            return
        everyone = everyone_of(erasure.customer_id)
        cases = list(Case.objects.filter(customer__in=everyone).values_list("pk", flat=True))
        went, events = empty(cases)
        now = clock.now()
        Emptied.objects.bulk_create((Emptied(case_id=each, at=now) for each in cases), ignore_conflicts=True)
        went |= _by_address(everyone)
        for each in Customer.objects.filter(pk__in=everyone):
            went["Contact"] = went.get("Contact", 0) + _bare(each)
        for key in cases:
            keeping.index_again(Thing.Kind.CASE.value, key)  # their customer is called otherwise by now
        Merging.objects.filter(kept__in=everyone).delete()
        erasure.done_at, erasure.went = now, went
        erasure.save(update_fields=["done_at", "went"])
        work.due(HISTORY, f"erased:{erasure.pk}", {"events": events}, now)
        work.due(HISTORY, f"erased:{erasure.pk}:later", {"events": events}, now + LATER)


@work.handles(HISTORY)
def rewrite(payload: Mapping[str, Any]) -> None:
    """Write the months anew in which these events lie, from what the database has, once nobody else is at it."""
    write_anew(payload["events"])


def everyone_of(customer: int) -> list[int]:
    """Return the keys of a customer and of all who were merged into them, directly or through others."""
    found, newest = [customer], [customer]
    while newest := list(Customer.objects.filter(merged_into__in=newest).values_list("pk", flat=True)):
        found += newest
    return found


def _by_address(everyone: list[int]) -> dict[str, int]:
    """Empty what is known by their addresses alone and stands in no case; return how many rows."""
    values = list(Contact.objects.filter(customer__in=everyone).values_list("value", flat=True))
    mine = Arrival.objects.filter(case=None, sender__in=values)
    return {
        "Arrival": mine.update(raw=b"", sender="", subject=""),
        "Call": Call.objects.filter(number__in=values).update(number=""),
        "Callback": Callback.objects.filter(number__in=values).update(number=""),
        "Visitor": Visitor.objects.filter(customer__in=everyone).update(name="", mail="", page="", customer=None),
        "FollowUp": FollowUp.objects.filter(customer__in=everyone).update(mail=""),
        "Doing": Doing.objects.filter(customer__in=everyone).update(customer=None),
        "ExternalId": ExternalId.objects.filter(customer__in=everyone, purchase=None).delete()[0],
    }


def _bare(customer: Customer) -> int:
    """Take from a customer who they are; return how many ways to reach them went. What they bought stays nobody's."""
    for each in (customer.places, customer.memberships, customer.members, customer.consents):
        each.all().delete()
    Pair.objects.filter(first=customer).delete()
    Pair.objects.filter(second=customer).delete()
    reached = customer.contacts.all().delete()[0]
    customer.name, customer.stand_in, customer.note = f"#{customer.pk % 1_000_000:06d}", "", ""
    customer.address, customer.timezone, customer.department = "", "", ""
    customer.birth_year, customer.lives_alone, customer.organisation = None, None, None
    customer.edition += 1
    customer.save()
    NamePart.objects.filter(customer=customer).delete()
    keeping.index_again(Thing.Kind.CUSTOMER.value, customer.pk)
    return int(reached)
