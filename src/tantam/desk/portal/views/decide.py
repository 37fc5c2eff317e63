"""What a customer says to the decision of their claim: they accept or dispute it, choose otherwise, take that back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.joined import same_customer
from tantam.desk.cases.models import Case
from tantam.desk.claims.actions import accept as accept_it
from tantam.desk.claims.actions import choose as choose_it
from tantam.desk.claims.actions import dispute as dispute_it
from tantam.desk.claims.actions import take_back as take_it_back
from tantam.desk.claims.models import Claim
from tantam.desk.common import rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan
from tantam.desk.portal import guard
from tantam.desk.portal.pages import private, with_plan
from tantam.desk.portal.progress import latest_claim
from tantam.desk.portal.views import follow

SAID = rate.Rate("said_to_decision", 30)  # an hour, of one case


@never_cache
@require_POST
@with_plan
def accept(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take the customer's word that they accept the decision they read."""
    return _said(request, plan, key, lambda claim, decision: accept_it(claim, decision))


@never_cache
@require_POST
@with_plan
def choose(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take the customer's word for another of what was granted."""
    outcome = request.POST.get("outcome", "")
    return _said(request, plan, key, lambda claim, decision: choose_it(claim, outcome, decision))


@never_cache
@require_POST
@with_plan
def take_back(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take back what they said to it."""
    return _said(request, plan, key, lambda claim, decision: take_it_back(claim, decision))


@never_cache
@require_POST
@with_plan
def dispute(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take the customer's word that they dispute it, and why."""

    def do(claim: Claim, decision: int) -> None:
        guard.count_written(request, claim.case.link_key)
        dispute_it(claim, decision, request.POST.get("reason", ""))

    return _said(request, plan, key, do)


def _said(request: HttpRequest, plan: RunningPlan, key: str, do: Callable[[Claim, int], object]) -> HttpResponse:
    """Do it and lead back to the answer; what is refused is said there, with every word in its field."""
    case = case_by_link(key)
    claim = latest_claim(same_customer(case))
    if claim is None:
        raise Http404
    try:
        rate.count(SAID, case.link_key)
        do(claim, whole(request.POST.get("decision", "")) or 0)
    except Refused as refused:
        return _refused(request, plan, case, refused)
    return private(redirect(reverse("portal:case", args=[case.link_key]) + "#decision"))


def _refused(request: HttpRequest, plan: RunningPlan, case: Case, refused: Refused) -> HttpResponse:
    status = {"too_often": 429, "needs_reason": 422, "too_long": 422}.get(refused.code, 409)
    shown = follow.Refusal(refused.code, refused.sentence(), request.POST.get("reason", ""))
    return follow.shown(follow.Visit(request, plan, case, shown), status=status)
