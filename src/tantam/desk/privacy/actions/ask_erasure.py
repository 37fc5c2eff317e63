"""Have a customer erased: the worker does it, whatever stops it in between."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer
from tantam.desk.privacy.access import refuse_unless_may
from tantam.desk.privacy.doing import ERASE, everyone_of
from tantam.desk.privacy.models import Erasure


def ask_erasure(customer: Customer, by: Person) -> Erasure:
    """Return what is to be done; asked twice, it is done once.

    Raises Refused: not_allowed, erase_our_own, erase_open_cases while something is under way, customer_merged.
    """
    refuse_unless_may(by)
    with transaction.atomic():
        held = hold(customer, by)
        if held.internal:
            raise Refused("erase_our_own")
        if Case.objects.filter(customer__in=everyone_of(held.pk), status__in=Case.UNDER_WAY).exists():
            raise Refused("erase_open_cases")
        made, new = Erasure.objects.get_or_create(customer=held, defaults={"asked_at": clock.now(), "asked_by": by})
        if new:
            note(held, by, "erasure_asked")
            work.due(ERASE, f"erase:{made.pk}", {"erasure": made.pk}, clock.now())
    return made
