"""Calls back: who is to be called, what to know before, what came of it; and calls that one writes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tantam.desk.accounts.actions import keep_extension
from tantam.desk.calls import access, actions
from tantam.desk.calls.callers import moment_there
from tantam.desk.calls.models import Call
from tantam.desk.cases import actions as case_actions
from tantam.desk.cases import vows
from tantam.desk.cases.models import Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.common import clock, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.vows import found, when
from tantam.desk.web.call_log import Meant, begun, came_from, meant
from tantam.desk.web.calling_page import card, ringing_page, rows, zone_there
from tantam.desk.web.doors import StaffRequest, staff, workers
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

MOST = 50
MOST_SUBMISSION = 64
LONGEST = 24 * 60  # minutes of a call
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
    vow = promised(request, promise.case.language)
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


def promised(request: StaffRequest, language: str) -> Vow | None:
    """Return what was promised, None where nothing was. language: the customer's. Raises Refused("not_a_time")."""
    written = request.POST.get("promise", "").strip()
    if not written:
        return None
    plan, lang, now = _plan(request), request.LANGUAGE_CODE, clock.now()
    read = found(written, lang, now, plan) or found(written, language, now, plan)
    if read is not None:
        meets = read.ends or read.due + vows.MEETING_LASTS if read.kind in vows.MEETINGS else None
        return Vow(words=written, due=read.due, kind=read.kind, ends=meets)
    due = when(written, lang, now, plan)
    if due is None:
        raise Refused("not_a_time", got=written[:60])
    return Vow(words=written, due=due, kind=vows.CALL)


def length(request: StaffRequest) -> timedelta:
    """Return how long was spoken, as somebody wrote it in minutes; 0 for what is no number."""
    return timedelta(minutes=min(whole(request.POST.get("minutes", "")) or 0, LONGEST))


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


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned
def log(request: StaffRequest) -> HttpResponse:
    """Write down a call; whom it was with and on which case is asked only where several could be meant."""
    if request.method != "POST":
        referer = request.headers.get("Referer", "")
        typed = came_from(referer, request.get_host(), request.user)
        typed |= {name: who for name, who in request.GET.items() if name == "who"} | {"submission": begun()}
        return page(request, "web/call_log.html", {"typed": typed}, place="calls")
    try:
        who = meant(request.POST, request.user, _plan(request))
        if who.customer is not None and who.sure:
            return _logged(request, who.customer, who)
        error = ""
    except Refused as refused:
        who, error = None, refused.sentence()
    context = {"typed": request.POST, "meant": who, "error": error}
    return page(request, "web/call_log.html", context, place="calls", status=422)


def _logged(request: StaffRequest, customer: Customer, who: Meant) -> HttpResponse:
    """Keep the call, and what was promised in it; show the case."""
    given, language = request.POST, who.case.language if who.case else customer.language
    vow = promised(request, language)
    logged = actions.Logged(
        customer=customer,
        words=given.get("words", ""),
        incoming=given.get("direction") != Call.Direction.OUTGOING,
        case=who.case,
        number=who.number,
        length=length(request),
        submission=given.get("submission", "")[:MOST_SUBMISSION],
    )
    with transaction.atomic():
        case = actions.log_call(logged, request.user, _plan(request))
        made = case_actions.promise(case, request.user, vow) if vow else None
    said = gettext("The call stands on the case.")
    if made is not None:
        told = {"what": made.words, "at": _said(made.due_at)}
        said = gettext("The call stands on the case. Promised: %(what)s, %(at)s") % told
    messages.success(request, said)
    return redirect("web:case", case.pk)


@require_safe
@staff
def ringing(request: StaffRequest) -> HttpResponse:
    """Show who calls one's own telephone just now, with their cases under way; 204 where that is shown already."""
    context = ringing_page(request.user, clock.now())
    call = context.get("call")
    if request.GET.get("shown") == (str(call.pk) if call else ""):
        return HttpResponse(status=204)
    return render(request, "web/ringing.html", context)


@require_POST
@workers
def extension(request: StaffRequest) -> HttpResponse:
    """Keep at which telephone one sits."""
    keep_extension(request.user, request.POST.get("extension", ""))
    messages.success(request, gettext("Kept."))
    return redirect("web:calls")
