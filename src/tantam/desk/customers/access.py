"""Who reaches which customer: the house every one, a provider's people those whose cases they have.

All that is kept of a customer is the house's to read and to change; a provider's people get what their case needs.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import Http404

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.customers.models import Contract, Customer
from tantam.desk.plans.seeing import sees_house

DEEPEST = 50  # customers in a row, each merged into the next; one that stands for another is merged as a whole


def customers_for(person: object) -> QuerySet[Customer]:
    """Return the customers this person may see: those of the cases that they see (`cases.access`)."""
    if not isinstance(person, Person) or not may_read(person):
        return Customer.objects.none()
    if sees_house(person):
        return Customer.objects.all()
    named = {"cases__provider": person.provider, "cases__department": person.team}
    conditions = [Q(**{field: name}) for field, name in named.items() if name]
    theirs = Customer.objects.filter(reduce(or_, conditions, Q(pk__in=[])))
    return Customer.objects.filter(pk__in=theirs.values("pk"))


def customer_for(person: object, pk: int) -> Customer:
    """Return one customer with contacts and purchases, or who stands for them since both are one. Raises Http404."""
    known = customers_for(person).prefetch_related("contacts", "purchases__product", "consents")
    found = known.filter(pk=pk).first()
    for _ in range(DEEPEST):
        if found is None or found.merged_into_id is None:
            break
        found = known.filter(pk=found.merged_into_id).first()
    if found is None:
        raise Http404
    return found


def whole_customer_for(person: object, pk: int) -> Customer:
    """Return one customer to whoever may read all that is kept of them, and change it: the house. Raises Http404."""
    if not isinstance(person, Person) or not may_read(person) or not sees_house(person):
        raise Http404
    return customer_for(person, pk)


def contracts_for(person: object) -> QuerySet[Contract]:
    """Return the contracts this person may read: the house every one, nobody else any."""
    if not isinstance(person, Person) or not may_read(person) or not sees_house(person):
        return Contract.objects.none()
    return Contract.objects.all()


def contract_for(person: object, pk: int) -> Contract:
    """Return one contract with whom it is with, what it is for and what it promises. Raises Http404."""
    known = contracts_for(person).select_related("customer").prefetch_related("products", "promises")
    found = known.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
