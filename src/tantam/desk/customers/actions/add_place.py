"""Add a postal address of a customer."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer, PostalAddress

FIELDS = ("lines", "postcode", "city")


def add_place(customer: Customer, by: Person, written: Mapping[str, str]) -> PostalAddress:
    """Return the new address. written: lines, postcode, city. Raises Refused."""
    kept = {name: " ".join(written.get(name, "").replace("\x00", "").split()) for name in FIELDS}
    if not kept["lines"]:
        raise Refused("no_place")
    for name, text in kept.items():
        most = PostalAddress._meta.get_field(name).max_length or 0
        if len(text) > most:
            raise Refused("too_long", most=most)
    with transaction.atomic():
        held = hold(customer, by)
        made = PostalAddress.objects.create(customer=held, **kept)
        note(held, by, "place_added")
    return made
