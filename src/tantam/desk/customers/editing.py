"""How a customer is changed: who may, one at a time, noted with what was changed and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.ids import new_id
from tantam.desk.customers.models import Change, Customer

REGROUP = "regroup_customer"  # work that the cases do


def hold(customer: Customer, by: Person) -> Customer:
    """Return the customer as they are now, locked; the caller is inside a transaction.

    Raises Refused("not_allowed") for somebody who does not work here, Refused("customer_merged") for one of two.
    """
    refuse_strangers(by)
    held = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if held.merged_into_id is not None:
        raise Refused("customer_merged", name=held.shown)
    return held


def refuse_strangers(by: Person) -> None:
    """Raise Refused("not_allowed") for somebody who does not work here."""
    if not works_here(by):
        raise Refused("not_allowed")


def note(customer: Customer, by: Person | None, code: str, what: Sequence[str] = ()) -> None:
    """Note that something was changed. by: None for a shop. code: what was done (`changed`); what: codes of what."""
    Change.objects.create(customer=customer, code=code, what=list(what), at=clock.now(), by=by)


def regroup(customer: Customer) -> None:
    """Have the groups of this customer's open cases looked at again; the caller is inside a transaction."""
    work.due(REGROUP, f"regroup:{customer.pk}:{new_id()}", {"customer": customer.pk}, clock.now())


def today() -> date:
    """Return the day in the company's zone. Raises NoPlan."""
    return clock.now().astimezone(ZoneInfo(plans.in_force().timezone)).date()
