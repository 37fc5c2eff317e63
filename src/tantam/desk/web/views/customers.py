"""Customers: found by name, purchase or address, and one of them with all that we know."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import Case
from tantam.desk.customers.access import customer_for, customers_for
from tantam.desk.customers.contacts import masked
from tantam.desk.customers.finding import AT_ONCE, matching, newest
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.plans.seeing import sees_house
from tantam.desk.web.customer_in_part import customer_in_part
from tantam.desk.web.customer_page import Reader, customer_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

KINDS = (
    ("", _("All")),
    (Customer.Kind.PERSON.value, _("Persons")),
    (Customer.Kind.BUSINESS.value, _("Organisations")),
    ("internal", _("Our own")),
)


@require_safe
@staff
def search(request: StaffRequest) -> HttpResponse:
    """Show who matches; without a search, who was taken on last."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    kind, after = request.GET.get("kind", ""), request.GET.get("after", "")
    known = _of_kind(customers_for(request.user), kind)
    found = matching(known, asked, after) if asked else newest(known, after)
    context = {
        "asked": asked,
        "kind": kind,
        "kinds": KINDS,
        "people": _rows(found.customers, cases_for(request.user)),
        "after": found.after,
        "paged": bool(after),
        "most": AT_ONCE,
    }
    return page(request, "web/customers.html", context, place="customers")


def _of_kind(known: QuerySet[Customer], kind: str) -> QuerySet[Customer]:
    match kind:
        case Customer.Kind.PERSON.value | Customer.Kind.BUSINESS.value:
            return known.filter(kind=kind)
        case "internal":
            return known.filter(internal=True)
        case _:
            return known


def _rows(found: tuple[Customer, ...], visible: QuerySet[Case]) -> list[tuple[Customer, list[str], int, str]]:
    """Return each with their contacts, how many cases they have, and their organisation; three queries."""
    ids = [each.pk for each in found]
    contacts: dict[int, list[str]] = {}
    for each in Contact.objects.filter(customer__in=ids).order_by("-preferred", "id"):
        contacts.setdefault(each.customer_id, []).append(masked(each.value))
    counted = dict(visible.filter(customer__in=ids).order_by().values_list("customer").annotate(Count("id")))
    theirs = {each.organisation_id for each in found if each.organisation_id}
    names = dict(Customer.objects.filter(pk__in=theirs).values_list("pk", "name"))
    return [
        (each, contacts.get(each.pk, []), counted.get(each.pk, 0), names.get(each.organisation_id or 0, ""))
        for each in found
    ]


@require_safe
@staff
@planned
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one customer."""
    assert request.plan is not None
    customer = customer_for(request.user, pk)
    if customer.pk != pk:  # found to be one with another, who stands for both
        return redirect("web:customer", customer.pk)
    reader = Reader(request.user, request.plan, request.LANGUAGE_CODE, request.GET)
    if not sees_house(request.user):
        return page(request, "web/customer_in_part.html", customer_in_part(customer, reader), place="customers")
    return page(request, "web/customer.html", customer_page(customer, reader, {}), place="customers")
