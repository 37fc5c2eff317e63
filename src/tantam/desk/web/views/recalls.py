"""Faulty batches: what is known of one, whom it meets and what it costs, and how far its owners are seen to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers.models import Product
from tantam.desk.customers.terms import read_day
from tantam.desk.plans import BadFact, RunningPlan, UnknownName
from tantam.desk.recalls import actions
from tantam.desk.recalls.access import recall_for, recalls_for
from tantam.desk.recalls.models import Recall
from tantam.desk.web import recall_page
from tantam.desk.web.doors import StaffRequest, managers, overseers
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 50


@require_safe
@overseers
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show the recalls, newest first."""
    assert request.plan is not None
    found = leaf(recalls_for(request.user).order_by("-id"), request.GET, most=MOST)
    rows = replace(found, rows=recall_page.rows(found, request.plan, request.LANGUAGE_CODE))
    return page(request, "web/recalls.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@managers
@planned
def new(request: StaffRequest) -> HttpResponse:
    """Ask which batch it is and what is known of it, and prepare it; wrong, all that was written stays."""
    assert request.plan is not None
    typed = request.POST if request.method == "POST" else request.GET
    why = ""
    if request.method == "POST":
        try:
            return redirect("web:recall", actions.prepare(_batch(request), request.user).pk)
        except (Refused, BadFact, UnknownName) as wrong:
            why = _why(wrong, request.plan, request.LANGUAGE_CODE)
    context = recall_page.form(request.plan, typed, request.LANGUAGE_CODE, clock.now())
    return page(request, "web/recall_new.html", context | {"why": why}, status=422 if why else 200)


@require_safe
@overseers
@planned
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one: before it begins whom it meets, then how far it is."""
    assert request.plan is not None
    found = recall_for(request.user, pk)
    context = recall_page.one(found, request.plan, request.LANGUAGE_CODE, request.GET, clock.now())
    return page(request, "web/recall.html", context)


@require_POST
@managers
def begin_it(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin it."""
    return _done(request, pk, actions.begin, gettext("It is under way. You can leave this page."))


@require_POST
@managers
def stop_it(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop it."""
    return _done(request, pk, actions.stop, gettext("Stopped. What was granted stands."))


def _done(request: StaffRequest, pk: int, act: Callable[[Recall, Person], Recall], words: str) -> HttpResponse:
    found = recall_for(request.user, pk)
    try:
        act(found, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, words)
    return redirect("web:recall", pk)


def _why(wrong: Refused | BadFact | UnknownName, plan: RunningPlan, lang: str) -> str:
    """Return why nothing was prepared; a term may have gone from the plan while the form was filled in."""
    match wrong:
        case BadFact():
            said = {"written": wrong.got, "field": plan.term_label(wrong.term, lang)}
            return gettext("“%(written)s” does not fit “%(field)s”.") % said
        case UnknownName():
            return Refused("unknown_value", got=wrong.name[:40]).sentence()
        case _:
            return wrong.sentence()


def _batch(request: StaffRequest) -> actions.Batch:
    """Return what was written. Raises Refused: no_product, bad_day."""
    given = request.POST
    product = Product.objects.filter(pk=whole(given.get("product", "")) or 0).first()
    if product is None:
        raise Refused("no_product")
    return actions.Batch(
        product=product,
        policy=given.get("policy", ""),
        words=given.get("words", ""),
        serials=given.get("serials", ""),
        since=read_day(since) if (since := given.get("since", "").strip()) else None,
        until=read_day(until) if (until := given.get("until", "").strip()) else None,
        facts={name.removeprefix("term-"): value for name, value in given.items() if name.startswith("term-")},
    )
