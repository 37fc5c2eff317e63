"""Customers: found by name, purchase or address, and one of them with what they bought and asked."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tantam.desk.cases.access import cases_for
from tantam.desk.cases.ledger import PromiseChip, chips, most_urgent
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.customers.access import customer_for, customers_for
from tantam.desk.customers.facts import facts_of
from tantam.desk.customers.models import Customer
from tantam.desk.web import case_words
from tantam.desk.web.case_page import masked
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page

MOST = 50


@require_safe
@staff
def search(request: StaffRequest) -> HttpResponse:
    """Show who matches; without a search, who wrote last."""
    asked = " ".join(request.GET.get("q", "").split())
    known = customers_for(request.user)
    found = _matching(known, asked) if asked else known.order_by("-id")
    counted = found.annotate(number=Count("cases", distinct=True)).prefetch_related("contacts")
    people = [(each, [masked(contact.value) for contact in each.contacts.all()]) for each in counted[:MOST]]
    return page(request, "web/customers.html", {"asked": asked, "people": people, "most": MOST}, place="customers")


def _matching(known: QuerySet[Customer], asked: str) -> QuerySet[Customer]:
    """Search names by their beginning or any word, and whole purchase numbers and addresses."""
    exact = Q(contacts__value=asked.lower()) | Q(purchases__number=asked.upper())
    return known.filter(Q(name__icontains=asked) | exact).distinct().order_by("name", "id")


@require_safe
@staff
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one customer: contacts, groups and care, purchases, cases."""
    customer = customer_for(request.user, pk)
    now, lang = clock.now(), request.LANGUAGE_CODE
    cases = cases_for(request.user).filter(customer=customer).select_related("owner", "customer")
    found = cases.prefetch_related("promises").order_by("-id")[:MOST]
    context = {
        "customer": customer,
        "contacts": [(each.kind, masked(each.value), each.verified_at) for each in customer.contacts.all()],
        "purchases": [(each, each.product.name(lang)) for each in customer.purchases.all()],
        "cases": [(each, *_owed(request, each, now), case_words.place(request.plan, each)) for each in found],
        "language_name": dict(settings.LANGUAGES).get(customer.language, customer.language),
        "groups": [],
        "care": [],
    }
    if plan := request.plan:
        groups = plan.groups(plan.terms_of(facts_of(customer, None, now), {}, now), now)
        context["groups"] = [plan.group_label(each, lang) for each in groups]
        context["care"] = [(each.words.get(lang, ""), each.group) for each in plan.care(groups)]
    return page(request, "web/customer.html", context, place="customers")


def _owed(request: StaffRequest, case: Case, now: datetime) -> tuple[PromiseChip | None, str]:
    """Return the promise to look at first and what it is called; none and nothing where nothing is owed."""
    chip = most_urgent(chips(case, now))
    return chip, case_words.promise(request.plan, chip.kind, chip.clause) if chip and request.plan else ""
