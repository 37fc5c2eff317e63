"""Who reaches which enquiry and quote: whoever reaches its case; a customer's link those of their own case."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import Case
from tantam.desk.sales.models import Enquiry, Quote


def enquiries_for(person: object) -> QuerySet[Enquiry]:
    """Return the enquiries that this person may see: those of the cases that they see."""
    return Enquiry.objects.filter(case__in=cases_for(person))


def quote_for(case: Case, number: str) -> Quote:
    """Return a quote of this case. Raises Http404."""
    found = Quote.objects.filter(enquiry=case.pk, number=number).first() if number.isprintable() else None
    if found is None:
        raise Http404
    return found


def quotes_of(cases: Collection[Case]) -> list[Quote]:
    """Return the quotes of these cases with their lines, the newest first; two queries."""
    found = Quote.objects.filter(enquiry__in=[each.pk for each in cases]).select_related("enquiry", "made_by")
    return list(found.prefetch_related("lines__product").order_by("-id"))


def quote_by_customer(cases: Collection[Case], number: str) -> Quote:
    """Return a quote of the cases that a customer's link shows. Raises Http404."""
    wanted = Quote.objects.filter(enquiry__in=[each.pk for each in cases]).select_related("enquiry__case")
    found = wanted.filter(number=number).first() if number.isprintable() else None
    if found is None:
        raise Http404
    return found
