"""Versions of the plan and the open cases under each; moving cases to another version, with what that would change."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk import plans
from tantam.desk.cases import moving
from tantam.desk.cases.access import case_for
from tantam.desk.cases.actions import move_cases, move_to_version
from tantam.desk.cases.actions.move_cases import open_under
from tantam.desk.cases.moving import CaseChanges, Losses
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan, directives, versions
from tantam.desk.plans.actions import acknowledge
from tantam.desk.plans.models import Move
from tantam.desk.web import moving_page
from tantam.desk.web.doors import StaffRequest, managers, overseers, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in

MOVES = 10


@require_safe
@overseers
@planned_in("plan")
def index(request: StaffRequest) -> HttpResponse:
    """Show the versions in force, waiting and earlier, with how many open cases stand under each."""
    now, under = clock.now(), moving.open_by_version()
    rows = [(each, under.get(each.number, 0)) for each in versions.newest(100)]
    laid = [(plans.version(number), cases) for number, cases in under.items() if plans.version(number).directives]
    context = {
        "waiting": [pair for pair in rows if pair[0].in_force_from > now],
        "rows": [pair for pair in rows if pair[0].in_force_from <= now],
        "laid": [(plan, cases) for plan, cases in laid if plan.number != request.plan.number],
        "in_force": request.plan,
        "here": under.get(request.plan.number, 0),
        "elsewhere": sum(under.values()) - under.get(request.plan.number, 0),
        "moves": Move.objects.select_related("made_by").order_by("-id")[:MOVES],
    }
    return page(request, "web/versions.html", context, place="plan")


@require_http_methods(["GET", "HEAD", "POST"])
@managers
@planned_in("plan")
def many(request: StaffRequest) -> HttpResponse:
    """Show what moving open cases to the version in force would change; move them."""
    since = whole(request.GET.get("since", "") or request.POST.get("since", ""))
    if since is not None:
        _version(since)
    if request.method == "POST":
        losses, refusal = _losses(request)
        if refusal is None:
            return redirect("web:move", move_cases(request.user, request.plan.number, since=since, losses=losses).pk)
        return _preview_many(request, request.plan, since, refusal=refusal)
    return _preview_many(request, request.plan, since)


@require_safe
@overseers
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how far a move is."""
    move = Move.objects.select_related("made_by").filter(pk=pk).first()
    if move is None:
        raise Http404
    context = {"move": move, "to": plans.version(move.to_id), "left": max(0, move.total - move.moved - move.refused)}
    return page(request, "web/move.html", context, place="plan")


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what moving one case to the version in force would change; move it."""
    case = case_for(request.user, pk)
    if request.plan is None:
        return page(request, "web/no_plan.html", {}, place="plan")
    if request.method == "POST":
        losses, refusal = _losses(request)
        try:
            if refusal is None:
                move_to_version(case, request.user, request.plan.number, losses=losses, seen=_seen(request))
                return redirect("web:case", case.pk)
        except Refused as refused:
            refusal = refused
    else:
        refusal = None
    found = [CaseChanges(case, moving.preview(case, request.plan, clock.now()))]
    last = case.events.order_by("-pk").values_list("pk", flat=True).first()
    return _preview(request, request.plan, found, refusal=refusal, case=case, seen=last)


@require_safe
@staff
def news(request: StaffRequest, number: int) -> HttpResponse:
    """Show what a version says otherwise than the one before it."""
    plan = _version(number)
    before = versions.before(plan.version)
    context = {
        "shown": plan,
        "before": before,
        "changes": versions.changed(plan, before) if before else None,
        "unread": directives.news(request.user, request.plan, clock.now()).version if request.plan else None,
    }
    return page(request, "web/plan_news.html", context, place="plan")


@require_POST
@staff
def read(request: StaffRequest, number: int) -> HttpResponse:
    """Note that the reader knows what a version changed."""
    acknowledge(_version(number).enacted, request.user)
    return redirect("web:plan_news", number)


def _preview_many(
    request: StaffRequest, plan: RunningPlan, since: int | None, *, refusal: Refused | None = None
) -> HttpResponse:
    waiting = open_under(since, besides=plan.number)
    after = whole(request.GET.get("after", "")) or 0
    found = moving.preview_many(waiting.filter(pk__gt=after), plan, clock.now())
    more = found[-1].case.pk if len(found) == moving.MOST_SHOWN else None
    return _preview(request, plan, found, refusal=refusal, since=since, total=waiting.count(), more=more)


def _preview(
    request: StaffRequest, plan: RunningPlan, found: list[CaseChanges], *, refusal: Refused | None, **context: Any
) -> HttpResponse:
    groups = moving_page.groups(found, plan, request.LANGUAGE_CODE)
    said = {
        "to": plan,
        "groups": groups,
        "losses": sum(len(each.lines) for each in groups if each.is_loss),
        "looked": len(found),
        "refusal": refusal.sentence() if refusal else "",
        **context,
    }
    return page(request, "web/moving.html", said, place="plan", status=422 if refusal else 200)


def _losses(request: StaffRequest) -> tuple[Losses, Refused | None]:
    """Return what becomes of losses; taking them needs an explicit yes."""
    if request.POST.get("losses") != Losses.TAKE:
        return Losses.KEEP, None
    return Losses.TAKE, None if request.POST.get("yes") else Refused("loss_unsaid")


def _seen(request: StaffRequest) -> int | None:
    return whole(request.POST.get("seen", ""))


def _version(number: int) -> RunningPlan:
    try:
        return plans.version(number)
    except plans.NoPlan as missing:
        raise Http404 from missing
