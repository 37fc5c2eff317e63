"""Search for an answer in what is published, and what is offered while somebody writes a concern."""

from __future__ import annotations

from urllib.parse import unquote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tantam.desk.common import bursts, rate
from tantam.desk.plans import RunningPlan
from tantam.desk.portal.answers import answers, fitting_forms, offers
from tantam.desk.portal.choices import choices
from tantam.desk.portal.pages import language_of, page, with_plan

MOST_ASKED = 200  # characters
SAID_IN = "Tantam-Asked"  # the header with what somebody is writing, percent-encoded: logs keep addresses
SEARCHES = bursts.Bursts(240)  # a minute of a network, of one process: more than a full office asks
OFFERS = bursts.Bursts(600)


@never_cache
@require_safe
@with_plan
def search(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show what fits; with nothing asked or found, or asked faster than people do, the forms, which keep the words."""
    asked, lang = _asked(request), language_of(request, plan)
    too_often = bool(asked) and SEARCHES.is_beyond(_network(request))
    looked_for = "" if too_often else asked
    forms = [(each, _with_words(reverse("portal:help", args=[each.code]), asked)) for each in choices(plan)]
    context = {
        "asked": asked,
        "found": answers(plan, lang, looked_for),
        "fitting": fitting_forms(plan, lang, looked_for),
        "choices": forms,
        "too_often": too_often,
    }
    return page(request, "portal/answers.html", plan, context, status=429 if too_often else 200)


@never_cache
@require_safe
@with_plan
def offered(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Return a few answers for what is being written, as a piece of a page; nothing where none fits."""
    if OFFERS.is_beyond(_network(request)):
        return HttpResponse(status=429)
    lang = language_of(request, plan)
    found = offers(plan, lang, _legible(unquote(request.headers.get(SAID_IN, ""))) or _asked(request))
    return render(request, "portal/offered.html", {"found": found})


def _asked(request: HttpRequest) -> str:
    return _legible(request.GET.get("q", ""))


def _legible(written: str) -> str:
    return " ".join(written.replace("\x00", "").split())[:MOST_ASKED]


def _network(request: HttpRequest) -> str:
    return rate.network(rate.address_of(request))


def _with_words(path: str, asked: str) -> str:
    return f"{path}?{urlencode({'body': asked})}" if asked else path
