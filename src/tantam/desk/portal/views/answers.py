"""Search for an answer in what is published, and what is offered while somebody writes a concern."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tantam.desk.plans import RunningPlan
from tantam.desk.portal.answers import answers, fitting_forms, offers
from tantam.desk.portal.choices import choices
from tantam.desk.portal.pages import language_of, page, with_plan

MOST_ASKED = 200  # characters


@never_cache
@require_safe
@with_plan
def search(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show what fits; with nothing asked or found, the forms, which keep the words."""
    asked, lang = _asked(request), language_of(request, plan)
    forms = [(each, _with_words(reverse("portal:help", args=[each.code]), asked)) for each in choices(plan)]
    context = {
        "asked": asked,
        "found": answers(plan, lang, asked),
        "fitting": fitting_forms(plan, lang, asked),
        "choices": forms,
    }
    return page(request, "portal/answers.html", plan, context)


@never_cache
@require_safe
@with_plan
def offered(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Return a few answers for what is being written, as a piece of a page; nothing where none fits."""
    lang = language_of(request, plan)
    found = offers(plan, lang, _asked(request))
    return render(request, "portal/offered.html", {"found": found})


def _asked(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_ASKED]


def _with_words(path: str, asked: str) -> str:
    return f"{path}?{urlencode({'body': asked})}" if asked else path
