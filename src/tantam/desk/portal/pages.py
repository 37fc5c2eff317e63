"""What every page of the customers has: the company, its words and times, and headers that keep it private."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tantam.desk import plans
from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan, directives
from tantam.desk.plans.languages import language_for

View = Callable[..., HttpResponse]


def with_plan(view: View) -> View:
    """Give the view the plan in force, and let times be those of the company; without a plan, say so kindly."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            plan = plans.in_force()
        except plans.NoPlan:
            return render(request, "portal/no_plan.html", {"company": "Tantam"}, status=503)
        with timezone.override(ZoneInfo(plan.timezone)):
            return view(request, plan, *args, **options)

    return asked


def page(
    request: HttpRequest, template: str, plan: RunningPlan, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the customers."""
    lang = language_of(request, plan)
    around = {
        "company": plan.company(lang),
        "sells": plan.sells,
        "links": [
            {"href": reverse("portal:answers"), "title": _("Search")},
            {"href": reverse("portal:plan"), "title": _("What we promise")},
        ],
        "plan_number": plan.version,
        "notices": [words for _each, words in directives.told(plan.directives, lang)],
        "plan_since": spoken.day(plan.enacted.in_force_from, clock.now()),
    }
    return render(request, template, around | dict(context), status=status)


def private(response: HttpResponse) -> HttpResponse:
    """Return the response of a private link: kept by nobody, found by nobody, told to no other site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"  # with none at all, browsers hide where a form came from
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def language_of(request: HttpRequest, plan: RunningPlan) -> str:
    """Return the page's language if the plan speaks it, else the company's own."""
    return language_for(plan, str(getattr(request, "LANGUAGE_CODE", "")))
