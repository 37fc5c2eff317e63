"""Take on a customer whom a colleague writes down: somebody on the telephone, an organisation."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers import traits
from tantam.desk.customers.actions.add_contact import Written, read_contact
from tantam.desk.customers.editing import note, refuse_strangers, today
from tantam.desk.customers.models import Contact, Customer


def create(written: Mapping[str, str], contacts: Mapping[str, Written], by: Person) -> Customer:
    """Return the new customer. Nobody is checked against others: two people may share a name and a telephone.

    written: as `traits.read` takes it; contacts: by the name of the field each was written in. Raises NoPlan,
    Refused("not_allowed"), traits.Unread with every field that cannot be kept.
    """
    refuse_strangers(by)
    refusals: dict[str, Refused] = {}
    values, reached = {}, {}
    try:
        values = traits.read({"name": "", **written})
    except traits.Unread as unread:
        refusals |= unread.refusals
    for name, each in contacts.items():
        try:
            reached[name] = read_contact(each)
        except Refused as refused:
            refusals[name] = refused
    if refusals:
        raise traits.Unread(refusals)
    with transaction.atomic():
        made = Customer.objects.create(since=today(), **values)
        distinct = {(each.kind, each.network, each.value): each for each in reached.values()}
        for each in distinct.values():
            each.customer = made
        Contact.objects.bulk_create(distinct.values())
        note(made, by, "created")
    return made
