"""Note whether an organisation lets one of its people see the cases of the others; nobody may unless it is noted."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer


def let_see_cases(organisation: Customer, by: Person, *, membership: int, sees: bool) -> None:
    """Keep it, and note it with the organisation. Raises Refused("no_organisation") for who is not one of its people.

    It ends with the membership.
    """
    with transaction.atomic():
        held = hold(organisation, by)
        if not held.members.filter(pk=membership, left=None).update(sees_cases=sees):
            raise Refused("no_organisation")
        note(held, by, "sees" if sees else "sees_not")
