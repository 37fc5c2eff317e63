"""Takes somebody on as a customer: their name as they wrote it, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from tantam.desk.common import clock
from tantam.desk.common.rows import insert
from tantam.desk.customers.models import MOST_NAME, Contact, Customer, Purchase
from tantam.desk.customers.nameless import stand_in
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.languages import language_for


def kept_name(name: str) -> str:
    """Return a name as it is kept: without what no database keeps, single spaces, at most MOST_NAME characters."""
    return " ".join(name.replace("\x00", "").split())[:MOST_NAME]


def take_on(
    *, name: str, contacts: Iterable[tuple[str, str] | Contact], language: str, plan: RunningPlan, address: str = ""
) -> Customer:
    """Return a new customer, since today in the company's zone; the caller is inside a transaction.

    contacts: of nobody yet, or (kind, kept form), at least one; the first stands in for a name that is empty.
    language: one that the company does not speak gives way to its own. plan: in force.
    address: the form of address that they chose.
    """
    reached = [each if isinstance(each, Contact) else Contact(kind=each[0], value=each[1]) for each in contacts]
    called, first = kept_name(name) or reached[0].value, reached[0]
    customer = Customer(
        name=called,
        language=language_for(plan, language),
        address=address,
        since=clock.now().astimezone(ZoneInfo(plan.timezone)).date(),
        stand_in=stand_in(first.network, first.value, called),
    )
    insert([customer])
    for each in reached:
        each.customer = customer
    insert(reached)
    _remember(customer, reached)
    return customer


def _remember(customer: Customer, reached: list[Contact]) -> None:
    """Let the customer know what we have just written as if it had been prefetched: there is no more yet."""
    contacts, purchases = Contact.objects.all(), Purchase.objects.all()
    contacts._result_cache, purchases._result_cache = reached, []
    customer.__dict__["_prefetched_objects_cache"] = {"contacts": contacts, "purchases": purchases}
