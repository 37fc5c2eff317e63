"""The page on which a customer says how their case was served; what only opens it counts for nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.feedback.actions import rate as give
from tantam.desk.feedback.questions import MOST_WORDS
from tantam.desk.plans import RunningPlan
from tantam.desk.portal.how_it_was import how_it_was
from tantam.desk.portal.pages import language_of, page, private, with_plan

GIVEN = rate.Rate("rated", 30)  # an hour, of one case


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def rating(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Show the question and what was answered, or take an answer in; where nothing is asked just now, say so."""
    case = case_by_link(key)
    if request.method != "POST":
        return _shown(request, plan, case)
    try:
        rate.count(GIVEN, case.link_key)
        give(case, whole(request.POST.get("score", "")), request.POST.get("words", ""))
    except Refused as refused:
        status = 429 if refused.code == "too_often" else 422
        return _shown(request, plan, case, refused=refused.sentence(), status=status)
    return private(redirect("portal:rating", case.link_key))


def _shown(
    request: HttpRequest, plan: RunningPlan, case: Case, *, refused: str = "", status: int = 200
) -> HttpResponse:
    question = how_it_was(case, plan, language_of(request, plan), clock.now())
    written = request.POST.get("words", "") if refused else ""
    context = {"case": case, "how": question, "refused": refused, "written": written, "most": MOST_WORDS}
    return private(page(request, "portal/rating.html", plan, context, status=status))
