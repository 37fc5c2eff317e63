"""What goes of a person beside the words of their cases: who they are, and what is known by how they are reached."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from tantam.desk.arrivals.models import Arrival
from tantam.desk.assistants.models import Doing
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases import lost_links
from tantam.desk.cases.models import Case
from tantam.desk.chats.models import Visitor
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import (
    Consent,
    Contact,
    Contract,
    Customer,
    Delivery,
    Membership,
    NamePart,
    PostalAddress,
)
from tantam.desk.duplicates.models import Merging, Pair
from tantam.desk.followups.models import FollowUp
from tantam.desk.groups.models import Belonging, Told
from tantam.desk.imports import forgetting
from tantam.desk.imports.models import ExternalId
from tantam.desk.privacy.models import Request
from tantam.desk.privacy.taking import Taking, Whom, added, emptied, goes, of_person
from tantam.desk.privacy.within import IN_THE_TRAY
from tantam.desk.search import keeping
from tantam.desk.search.models import Thing
from tantam.desk.visitors import links

_TAKINGS: tuple[Taking, ...] = (
    IN_THE_TRAY,
    emptied(
        Arrival,
        lambda whom: Q(case=None, sender__in=whom.values),
        {"raw": b"", "sender": "", "subject": "", "name": "", "because": {}},
    ),
    emptied(Call, lambda whom: Q(number__in=whom.values) & ~Q(case__customer__in=whom.customers), {"number": ""}),
    emptied(
        Callback,
        lambda whom: Q(number__in=whom.values) & ~Q(promise__case__customer__in=whom.customers),
        {"number": ""},
    ),
    emptied(
        Visitor,
        lambda whom: Q(customer__in=whom.customers) & ~Q(case__customer__in=whom.customers),
        {"name": "", "mail": "", "page": "", "customer": None},
    ),
    emptied(FollowUp, lambda whom: Q(customer__in=whom.customers), {"mail": ""}),
    emptied(Doing, lambda whom: Q(customer__in=whom.customers), {"customer": None}),
    emptied(Contract, lambda whom: Q(customer__in=whom.customers), {"site": "", "terms": ""}),
    emptied(Delivery, lambda whom: Q(purchase__customer__in=whom.customers), {"promised_by": "", "tracking": ""}),
    emptied(Request, lambda whom: Q(customer__in=whom.customers), {"proven": "", "longer_because": ""}),
    goes(DueWork, lambda whom: Q(kind=lost_links.SEND, payload__contact__in=list(whom.values))),
    goes(DueWork, lambda whom: Q(kind=links.SEND, payload__mail__in=list(whom.values))),
    goes(ExternalId, lambda whom: Q(customer__in=whom.customers, purchase=None)),
    goes(Told, lambda whom: Q(customer__in=whom.customers)),
    goes(Belonging, lambda whom: Q(customer__in=whom.customers)),
    goes(PostalAddress, lambda whom: Q(customer__in=whom.customers)),
    goes(Membership, lambda whom: Q(person__in=whom.customers) | Q(organisation__in=whom.customers)),
    goes(Consent, lambda whom: Q(customer__in=whom.customers)),
    goes(Contact, lambda whom: Q(customer__in=whom.customers)),
    goes(Pair, lambda whom: Q(first__in=whom.customers) | Q(second__in=whom.customers)),
    goes(Merging, lambda whom: Q(kept__in=whom.customers)),
)
_TAKEN_IN = Taking("Import", forgetting.found, forgetting.forget)  # by their ids elsewhere: before these go


def whom_of(everyone: Sequence[int]) -> Whom:
    """Return what is known of all who are one, while it is still known."""
    known = Customer.objects.filter(pk__in=everyone)
    return Whom(
        everyone,
        Case.objects.filter(customer__in=everyone).values("pk"),
        list(Contact.objects.filter(customer__in=everyone).values_list("value", flat=True).distinct()),
        list(known.values_list("name", flat=True)),
    )


def take(whom: Whom) -> dict[str, int]:
    """Take from them who they are; return how many rows of each table. What they bought stays nobody's."""
    went = dict[str, int]()
    for each in (_TAKEN_IN, *of_person(), *_TAKINGS):
        went = added(went, {each.name: each.take(whom)})
    for value in whom.values:
        DueWork.objects.filter(error__contains=value).update(error="")
    for customer in Customer.objects.filter(pk__in=whom.customers):
        _bare(customer)
    return {name: number for name, number in went.items() if number}


def counts(whom: Whom) -> dict[str, int]:
    """Return how many rows of each table would go or be written empty."""
    found = dict[str, int]()
    for each in (_TAKEN_IN, *of_person(), *_TAKINGS):
        found = added(found, {each.name: each.found(whom)})
    return {name: number for name, number in found.items() if number}


def _bare(customer: Customer) -> None:
    """Leave a number of a customer."""
    customer.name, customer.stand_in, customer.note = f"#{customer.pk % 1_000_000:06d}", "", ""
    customer.address, customer.timezone, customer.department = "", "", ""
    customer.birth_year, customer.lives_alone, customer.organisation = None, None, None
    customer.edition += 1
    customer.save()
    NamePart.objects.filter(customer=customer).delete()
    keeping.index_again(Thing.Kind.CUSTOMER.value, customer.pk)
