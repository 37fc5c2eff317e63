"""Writes what was settled about the customers of a portion; the caller is inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tantam.desk.common import clock, work
from tantam.desk.common.ids import new_id
from tantam.desk.common.models import DueWork
from tantam.desk.common.rows import insert, insert_new
from tantam.desk.customers.editing import REGROUP
from tantam.desk.customers.models import Change, Contact, Customer, Membership, NamePart, PostalAddress
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.by_id import keep_ids
from tantam.desk.imports.taking.organisations import KIND as ORGANISATION
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.taking.people import KIND, PLAIN, People

TAKEN_IN = "taken_in"  # the code of a change that an import made


def write_people(people: People, outcomes: Sequence[Outcome]) -> None:
    """Write the customers of a portion, what is added to them, and by which id they are known."""
    bringer, now = people.bringer, clock.now()
    new = [each.customer for each in outcomes if each.code == "new" and each.customer]
    businesses = list(people.organisations.new.values())
    insert([*businesses, *new])
    NamePart.note([*businesses, *new])
    _change([each for each in outcomes if each.code in ("changed", "matched")])
    _add(outcomes, people, now)
    _note([each for each in outcomes if each.fields or each.code == "new"], bringer, now)
    _ids(outcomes, people, bringer)
    regroup(each.customer.pk for each in outcomes if each.code in ("changed", "matched") and each.customer)


def regroup(customers: Iterable[int]) -> None:
    """Have the groups of these customers' cases looked at again, of those who have any."""
    ids = set(customers)
    if not ids:
        return
    now = clock.now()
    theirs = Customer.objects.filter(pk__in=ids, cases__isnull=False).distinct().values_list("pk", flat=True)
    work.all_due(
        [DueWork(kind=REGROUP, key=f"regroup:{pk}:{new_id()}", payload={"customer": pk}, due_at=now) for pk in theirs]
    )


def _change(outcomes: Sequence[Outcome]) -> None:
    """Write the fields that changed, and the edition, which says so to whoever has the page open."""
    altered = {each.customer.pk: each.customer for each in outcomes if each.customer and each.fields}
    for each in altered.values():
        each.edition += 1
    if altered:
        Customer.objects.bulk_update(altered.values(), [*PLAIN, "organisation", "edition"], batch_size=200)
    renamed = [each.customer for each in outcomes if each.customer and "name" in each.fields]
    if renamed:
        NamePart.keep(renamed)


def _add(outcomes: Sequence[Outcome], people: People, now: datetime) -> None:
    contacts, places, memberships = [], [], []
    for each in outcomes:
        for kind, network, value in each.write.get("contacts", ()):
            contacts.append(Contact(customer=each.customer, kind=kind, network=network, value=value))
        if place := each.write.get("place"):
            told = {"postcode": place.postcode, "city": place.city, "country": place.country}
            places.append(PostalAddress(customer=each.customer, lines=place.lines, **told, added_at=now))
        if organisation := each.write.get("organisation"):
            memberships.append(Membership(organisation=organisation, person=each.customer, joined=people.today))
    insert_new(contacts)
    insert(places)
    insert_new(memberships)


def _note(outcomes: Sequence[Outcome], bringer: Bringer, now: datetime) -> None:
    insert(
        [
            Change(customer=each.customer, code=TAKEN_IN, what=sorted(set(each.fields)), at=now, by=bringer.by)
            for each in outcomes
        ]
    )


def _ids(outcomes: Sequence[Outcome], people: People, bringer: Bringer) -> None:
    source, told_by = bringer.source, bringer.told_by
    made = [
        ExternalId(source=source, kind=ORGANISATION, external=name, customer=each, told_by=told_by)
        for name, each in people.organisations.new.items()
    ]
    insert(made)
    keep_ids(KIND, outcomes, bringer)
