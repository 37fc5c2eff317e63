"""What a customer says to a quote on their page: they accept it, or decline it with a reason."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.joined import same_customer
from tantam.desk.common import rate
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan
from tantam.desk.portal.pages import private, with_plan
from tantam.desk.portal.views import follow
from tantam.desk.sales.access import quote_by_customer
from tantam.desk.sales.actions import accept_quote, decline_quote
from tantam.desk.sales.models import Quote

SAID = rate.Rate("said_to_quote", 30)  # an hour, of one case


@never_cache
@require_POST
@with_plan
def accept(request: HttpRequest, plan: RunningPlan, key: str, number: str) -> HttpResponse:
    """Take the customer's word that they accept the quote."""
    return _said(request, plan, (key, number), accept_quote)


@never_cache
@require_POST
@with_plan
def decline(request: HttpRequest, plan: RunningPlan, key: str, number: str) -> HttpResponse:
    """Take the customer's word that they decline it, and why."""
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    return _said(request, plan, (key, number), lambda quote: decline_quote(quote, reason, words))


def _said(
    request: HttpRequest, plan: RunningPlan, which: tuple[str, str], do: Callable[[Quote], object]
) -> HttpResponse:
    """Do it and lead back to the quote; what is refused is said there, with every word in its field."""
    case = case_by_link(which[0])
    quote = quote_by_customer(same_customer(case), which[1])
    try:
        rate.count(SAID, case.link_key)
        do(quote)
    except Refused as refused:
        status = {"too_often": 429, "unknown_reason": 422, "too_long": 422}.get(refused.code, 409)
        told = follow.Refusal(refused.code, refused.sentence(), request.POST.get("words", ""))
        return follow.shown(follow.Visit(request, plan, case, of_quote=told), status=status)
    return private(redirect(reverse("portal:case", args=[case.link_key]) + "#quote"))
