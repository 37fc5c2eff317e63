"""Who reaches which customer: whoever works here reaches every one, everybody else finds nothing."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.access import works_here
from tantam.desk.customers.models import Customer


def customers_for(person: object) -> QuerySet[Customer]:
    """Return the customers this person may see."""
    return Customer.objects.all() if works_here(person) else Customer.objects.none()


def customer_for(person: object, pk: int) -> Customer:
    """Return one customer with contacts and purchases. Raises Http404."""
    found = customers_for(person).prefetch_related("contacts", "purchases__product", "consents").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
