"""Reviews of conversations: what waits to be looked at, what was found, and the plan's form to say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import quality
from tantam.desk.reviews import access, actions
from tantam.desk.reviews.models import MOST_REMARK, Review
from tantam.desk.web import reviews_page
from tantam.desk.web.doors import StaffRequest, one_s_own, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MARK = "mark-"  # what a line's field is called before its name


@require_safe
@staff
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show what waits for this person, what is done as far as they see it, and to who sees all how it adds up."""
    assert request.plan is not None
    person, lang, now = request.user, request.LANGUAGE_CODE, clock.now()
    context = {
        "draws": quality.draws(request.plan),
        "sees_all": access.sees_all(person),
        "waiting": reviews_page.waiting(person, request.GET, lang, now),
        "done": reviews_page.done(person, request.GET, lang, now),
        "figures": reviews_page.figures(request.plan, lang, now) if access.sees_all(person) else [],
    }
    return page(request, "web/reviews.html", context, place="team")


@require_http_methods(["GET", "HEAD", "POST"])
@one_s_own
@planned
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one review with the conversation; whoever may look at it says how it went."""
    found = access.review_for(request.user, pk)
    if request.method != "POST":
        return _page(request, found, found.marks, found.remark)
    marks = {key.removeprefix(MARK): got for key, got in request.POST.items() if key.startswith(MARK)}
    remark = request.POST.get("remark", "")
    try:
        kept = actions.review(found, request.user, actions.Verdict(marks, remark))
    except Refused as refused:
        return _page(request, found, marks, remark, refused.sentence())
    said = gettext("Kept.") if kept.is_done else gettext("Kept. A second person looks at it, too.")
    messages.success(request, said)
    return redirect("web:reviews")


def _page(request: StaffRequest, found: Review, marks: Mapping[str, str], remark: str, error: str = "") -> HttpResponse:
    assert request.plan is not None
    form, lines = reviews_page.form_of(found, marks, request.LANGUAGE_CODE)
    context: dict[str, Any] = {
        "review": found,
        "form": form,
        "lines": lines,
        "remark": remark,
        "most_remark": MOST_REMARK,
        "error": error,
        "may_review": access.may_review(request.user, found),
        "result": reviews_page.result(found),
        **reviews_page.conversation(found, request.user, request.plan, request.LANGUAGE_CODE),
    }
    return page(request, "web/review.html", context, place="team", status=409 if error else 200)
