"""Something done with many cases: choose, see what would happen, do it, watch it, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.accounts.access import colleagues
from tantam.desk.cases import bulk
from tantam.desk.cases.access import cases_for, tags_for
from tantam.desk.cases.actions.do_in_bulk import do_in_bulk
from tantam.desk.cases.actions.undo_bulk import undo_bulk
from tantam.desk.cases.bulk import Doing
from tantam.desk.cases.inbox import in_order
from tantam.desk.cases.models import BulkItem, Case, Macro
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.web import bulk_words, inbox_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in

SHOWN = 100  # cases of a run that the page lists; those that were refused come first
MORNING = 8  # o'clock


@require_POST
@staff
@planned_in("inbox")
def choose(request: StaffRequest) -> HttpResponse:
    """Show what would come of a verb for the chosen cases, or ask what it needs to know first."""
    verb, cases, back = _asked(request)
    if not cases or verb not in bulk.VERBS:
        messages.error(request, Refused("nobody_chosen").sentence())
        return redirect(back)
    args = _args(verb, request.POST)
    context = _choosing(request, verb, cases, args) | {"back": back}
    if bulk.asks_for(verb) and "shown" not in request.POST and not any(map(request.POST.get, bulk.asks_for(verb))):
        return page(request, "web/bulk.html", context, place="inbox")
    found = bulk.preview(Doing(verb, args), cases, request.user)
    would = [each for each in found if each.refused is None]
    cannot = [(each.case, each.refused.sentence()) for each in found if each.refused]
    context |= {"previewed": True, "would": would[:SHOWN], "would_n": len(would), "cannot": cannot[:SHOWN]}
    return page(request, "web/bulk.html", context | {"cannot_n": len(cannot)}, place="inbox")


@require_POST
@staff
def do(request: StaffRequest) -> HttpResponse:
    """Do it with those for which the preview said that it will be done."""
    verb, cases, back = _asked(request)
    if verb not in bulk.VERBS:
        return redirect(back)
    try:
        run = do_in_bulk(Doing(verb, _args(verb, request.POST)), cases, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence())
        return redirect(back)
    return redirect("web:bulk_run", run.pk)


@require_safe
@staff
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what came of it, and how far it is."""
    run = bulk.run_for(request.user, pk)
    stands = bulk.progress(run)
    listed = run.items.select_related("case__customer")
    refused = listed.filter(state__in=[BulkItem.State.REFUSED, BulkItem.State.KEPT]).order_by("pk")[:SHOWN]
    context = {
        "run": run,
        "verb": bulk_words.verb(run.verb),
        "progress": stands,
        "refused": [(each.case, each.get_state_display(), bulk_words.why(each.why, each.args)) for each in refused],
        "done": [each.case for each in listed.filter(state=BulkItem.State.DONE).order_by("pk")[:SHOWN]],
        "may_undo": run.undo_asked_at is None and run.verb != "note" and bool(stands.done),
        "undoing": bulk_words.back(run.verb),
    }
    return page(request, "web/bulk_run.html", context, place="inbox")


@require_POST
@staff
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it back where that can be."""
    run = undo_bulk(bulk.run_for(request.user, pk), request.user)
    return redirect("web:bulk_run", run.pk)


def _asked(request: StaffRequest) -> tuple[str, list[Case], str]:
    """Return the verb, the chosen cases in the list's order, and the list to go back to."""
    given = request.POST
    one, _, only = given.get("one", "").partition(" ")
    verb = one or given.get("verb", "")
    asked = inbox_page.asked(given, request.user, request.plan) if request.plan else None
    back = "/desk/" + (asked.href() if asked else "")
    if given.get("every") and asked and not asked.wrong and not only:
        return verb, in_order(request.user, asked.listing, clock.now(), bulk.MOST), back
    chosen = [whole(each) for each in ([only] if only else given.getlist("case"))][: bulk.MOST]
    found = cases_for(request.user).filter(pk__in=[each for each in chosen if each is not None])
    return verb, list(found.select_related("customer", "owner").order_by("next_due_at", "pk")), back


def _args(verb: str, given: Mapping[str, str]) -> dict[str, str]:
    args = {name: given.get(name, "").strip() for name in bulk.asks_for(verb)}
    if "until" in args:
        args["until"] = _until(args["until"])
    return {name: value for name, value in args.items() if value}


def _until(written: str) -> str:
    """Return the instant that was chosen, ISO; "" for the customer's word."""
    morning = timezone.localtime(clock.now()).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    days = {"tomorrow": 1, "three": 3, "week": 7}.get(written)
    if days is not None:
        return (morning + timedelta(days=days)).isoformat()
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return ""
    return (read if read.tzinfo else timezone.make_aware(read)).isoformat()


def _choosing(request: StaffRequest, verb: str, cases: list[Case], args: dict[str, str]) -> dict[str, Any]:
    assert request.plan is not None
    plan, lang = request.plan, request.LANGUAGE_CODE
    people = [(f"person:{each.pk}", each.name) for each in colleagues()[:200]]
    levels = [(f"level:{each}", plan.level_label(each, lang)) for each in plan.levels()]
    return {
        "verb": verb,
        "verb_label": bulk_words.verb(verb),
        "cases": cases,
        "asks": bulk.asks_for(verb),
        "args": args,
        "until_given": request.POST.get("until", ""),
        "levels": levels,
        "people": people,
        "sleeps": [(each, bulk_words.sleep(each)) for each in bulk_words.SLEEPS],
        "macros": list(Macro.objects.filter(owner=None).order_by("name")) if verb == "settle" else [],
        "tags": list(tags_for(request.user).order_by("name")[:100]) if "name" in bulk.asks_for(verb) else [],
        "undoing": bulk_words.back(verb),
        "most": bulk.MOST,
    }
