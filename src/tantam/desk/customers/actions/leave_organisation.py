"""Note that a person left an organisation."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note, regroup, today
from tantam.desk.customers.models import Customer


def leave_organisation(person: Customer, by: Person, *, membership: int) -> None:
    """End the membership today; the latest that is left is theirs then. Raises Refused("no_organisation")."""
    with transaction.atomic():
        held = hold(person, by)
        found = held.memberships.filter(pk=membership, left=None).first()
        if found is None:
            raise Refused("no_organisation")
        found.left = today()
        found.save(update_fields=["left"])
        latest = held.memberships.filter(left=None).select_related("organisation").order_by("-id").first()
        held.organisation = latest.organisation if latest else None
        held.save(update_fields=["organisation"])
        note(held, by, "left")
        regroup(held)
