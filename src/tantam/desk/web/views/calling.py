"""Calls back: who is to be called, what to know before, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.calls import access, actions
from tantam.desk.calls.callers import moment_there
from tantam.desk.cases import actions as case_actions
from tantam.desk.cases.models import Promise
from tantam.desk.common import clock, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.vows import when
from tantam.desk.web.call_form import length, promised
from tantam.desk.web.calling_page import card, rows, zone_there
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 50
SHOWN_AGAIN = 20  # seconds

Report = Callable[[StaffRequest, Promise], str]


@require_safe
@staff
@planned
def index(request: StaffRequest) -> HttpResponse:
    """Show who is to be called back, what is owed first on top."""
    plan = _plan(request)
    found_rows = leaf(access.to_call(request.user), request.GET, most=MOST)
    shown = rows(found_rows.rows, request.user, plan, clock.now())
    mine = next((each for each in shown if each.mine), None)
    context = {"rows": found_rows, "calls": shown, "mine": mine, "every": SHOWN_AGAIN}
    return page(request, "web/calls.html", context, place="calls")


@require_safe
@staff
@planned
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one call back: whom to call, what to know, and what may come of it."""
    return _card(request, access.promise_for(request.user, pk))


def _card(request: StaffRequest, promise: Promise, refused: str = "") -> HttpResponse:
    plan, now = _plan(request), clock.now()
    row = rows([promise], request.user, plan, now)[0]
    context = card(row, request.user, plan, request.LANGUAGE_CODE, now)
    context |= {"error": refused, "typed": request.POST if refused else {}}
    return page(request, "web/call.html", context, place="calls", status=409 if refused else 200)


def reporting(report: Report) -> Callable[..., HttpResponse]:
    """Make a view of what is done with a call back: do it, say so, show the list; refused, show why.

    report(request, promise) returns what is said when it is done.
    """

    @require_POST
    @staff
    @planned
    @wraps(report)
    def view(request: StaffRequest, pk: int) -> HttpResponse:
        promise = access.promise_for(request.user, pk)
        try:
            messages.success(request, report(request, promise))
        except Refused as refused:
            return _card(request, access.promise_for(request.user, pk), refused.sentence())
        return redirect("web:calls")

    return view


@require_POST
@staff
@planned
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the customer to call: nobody else calls them meanwhile."""
    promise = access.promise_for(request.user, pk)
    try:
        actions.claim_call(promise, request.user)
    except Refused as refused:
        return _card(request, promise, refused.sentence())
    return redirect("web:call", pk)


@require_POST
@staff
def leave(request: StaffRequest) -> HttpResponse:
    """Let others call."""
    actions.leave_call(request.user)
    return redirect("web:calls")


@reporting
def reached(request: StaffRequest, promise: Promise) -> str:
    """Say that they were reached, and what was said."""
    vow = promised(request, _plan(request), promise.case.language)
    with transaction.atomic():  # a promise that is refused must not leave a call back that has ended
        message = actions.reach(promise, request.user, request.POST.get("words", ""), length(request))
        made = case_actions.promise(message.case, request.user, vow) if vow else None
    if made is None:
        return gettext("Noted on the case. They were called back.")
    return gettext("Noted on the case. Promised: %(what)s, %(at)s") % {"what": made.words, "at": _said(made.due_at)}


@reporting
def not_reached(request: StaffRequest, promise: Promise) -> str:
    """Say that they were not reached, and when it is tried again."""
    written = request.POST.get("again", "").strip()
    again = _moment(request, promise, written) if written else None
    made = actions.try_again(promise, request.user, again)
    return gettext("To be called again by %(at)s.") % {"at": _said(made.due_at)}


@reporting
def dropped(request: StaffRequest, promise: Promise) -> str:
    """Say that no call is needed."""
    actions.drop_call(promise, request.user, request.POST.get("reason", ""))
    return gettext("No call is owed there any more.")


def _moment(request: StaffRequest, promise: Promise, written: str) -> datetime:
    """Return the time that was written; on their own clocks where the form says so. Raises Refused("not_a_time")."""
    plan, now = _plan(request), clock.now()
    known = access.known_of(promise)
    zone = zone_there(promise.case, known.number if known else "", plan, now) if request.POST.get("theirs") else None
    if zone is None:
        read = when(written, request.LANGUAGE_CODE, now, plan)
    else:
        read = moment_there(written, request.LANGUAGE_CODE, now, plan=plan, zone=zone)
    if read is None:
        raise Refused("not_a_time", got=written[:60])
    return read


def _plan(request: StaffRequest) -> RunningPlan:
    assert request.plan is not None  # `planned` lets nobody in without one
    return request.plan


def _said(at: datetime) -> str:
    return spoken.instant(at, clock.now())
