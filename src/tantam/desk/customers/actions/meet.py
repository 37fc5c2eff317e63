"""Meet somebody who has not proved who they are: known is only what they themselves told."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Q

from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.actions.prove_contact import PROOFS
from tantam.desk.customers.contacts import normal
from tantam.desk.customers.models import Customer
from tantam.desk.customers.newcomers import kept_name, take_on
from tantam.desk.plans import RunningPlan


def meet(*, name: str, contact: str, language: str, plan: RunningPlan, address: str = "") -> Customer:
    """Return the customer who told the same name and contact before, unproved and without a purchase, or a new one.

    It is never a customer we have something on record of: nothing stored may depend on who somebody says they are. Nor
    one whose contact a colleague verified; one who proved it themselves is met as before.
    plan: in force. address: the form of address that they chose, "" for none. Raises Refused("no_contact").
    """
    found = normal(contact, plan.country)
    if found is None:
        raise Refused("no_contact")
    kind, value = found
    with transaction.atomic():
        one_at_a_time(f"meet:{value}")
        known = _told_before(name, kind, value, address) if _heard_of(kind, value) else None
        return known or take_on(name=name, contacts=[found], language=language, plan=plan, address=address)


def _heard_of(kind: str, value: str) -> bool:
    """Whether anybody is reached so: most who file are not, and need not be looked for any further."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM customers_contact WHERE value = %s AND kind = %s LIMIT 1", [value, kind])
        return cursor.fetchone() is not None


def _told_before(name: str, kind: str, value: str, address: str) -> Customer | None:
    told = Customer.objects.filter(
        Q(contacts__verified_at=None) | Q(contacts__verified_how__in=PROOFS),
        name=kept_name(name) or value,
        address=address,
        purchases=None,
        contacts__kind=kind,
        contacts__value=value,
        birth_year=None,
        note="",
    )
    return told.order_by("id").first()
