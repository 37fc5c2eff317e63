"""Note that a person belongs to an organisation."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note, regroup, today
from tantam.desk.customers.models import Customer, Membership
from tantam.desk.customers.models.people import MOST_ROLE


def join_organisation(person: Customer, by: Person, *, organisation: Customer | None, role: str = "") -> Membership:
    """Return the membership, from today on. role: what they are there, in words.

    Raises Refused("no_organisation") unless it is a business or department and they are a person.
    """
    if organisation is None or organisation.kind == Customer.Kind.PERSON or person.kind != Customer.Kind.PERSON:
        raise Refused("no_organisation")
    with transaction.atomic():
        held = hold(person, by)
        if held.memberships.filter(organisation=organisation, left=None).exists():
            raise Refused("already_member")
        words = " ".join(role.replace("\x00", "").split())[:MOST_ROLE]
        made = Membership.objects.create(organisation=organisation, person=held, role=words, joined=today())
        held.organisation = organisation
        held.save(update_fields=["organisation"])
        note(held, by, "joined")
        regroup(held)
    return made
