"""The page on which a customer answers a letter of our own accord; what only opens it counts for nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.common import rate
from tantam.desk.common.errors import Refused
from tantam.desk.customers.stopping import stop_page
from tantam.desk.followups import access, asking
from tantam.desk.followups.actions import answer
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import RunningPlan
from tantam.desk.portal.pages import language_of, page, private, with_plan

GIVEN = rate.Rate("follow_up", 30)  # an hour, of one letter


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def well(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Show what is asked and what was answered, or take an answer in; a complaint leads to its case."""
    found = access.by_link(key)
    if request.method != "POST":
        return _shown(request, plan, found)
    try:
        rate.count(GIVEN, found.link_key)
        case = answer(found, request.POST.get("answer", ""), request.POST.get("words", ""), plan)
    except Refused as refused:
        status = 429 if refused.code == "too_often" else 422
        return _shown(request, plan, found, refused=refused.sentence(), status=status)
    if case is not None:
        return private(redirect("portal:case", case.link_key))
    return private(redirect("portal:follow_up", found.link_key))


def _shown(
    request: HttpRequest, plan: RunningPlan, found: FollowUp, *, refused: str = "", status: int = 200
) -> HttpResponse:
    lang = language_of(request, plan)
    context = {
        "found": found,
        "title": asking.subject(found, plan, lang),
        "asks": asking.words(found, plan, lang),
        "refused": refused,
        "written": request.POST.get("words", "") if refused else "",
        "most": MOST_CHARACTERS,
        "stop": stop_page(found.customer, asking.purpose_of(found.event)),
    }
    return private(page(request, "portal/well.html", plan, context, status=status))
