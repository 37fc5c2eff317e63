"""Promises by hand: found as one types, made, kept, moved, withdrawn; one's own, and their file for a calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.cases import actions, invites, vows
from tantam.desk.cases.access import case_for, cases_for
from tantam.desk.cases.ledger import chip
from tantam.desk.cases.models import STILL_TO_KEEP, Case, Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.common import clock, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.vows import when
from tantam.desk.web import vow_words
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.views.case import acting

MOST = 100
LONGEST = 24 * 60  # minutes of an appointment
SOME_DAY = range(1900, 9000)  # years; nobody means others, and hours after the last of them cannot be counted


@require_POST
@staff
def found(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the promise in what is being written, to be taken in two keystrokes; nothing if there is none."""
    case = case_for(request.user, pk)
    text, plan = request.POST.get("body", ""), request.plan
    read = _read(text, case, plan) if plan else None
    known = read is not None and case.promises.filter(by_hand=True, due_at=read.due, kind=read.kind).exists()
    context = {"case": case, "found": read, "known": known}
    if read is not None:
        context |= {"at": _said(read.due), "kind": gettext(vow_words.KINDS[read.kind])}
    return render(request, "web/vow_found.html", context)


def _read(text: str, case: Case, plan: RunningPlan) -> vows.Found | None:
    """Return the promise in a text: in the case's language, else in whichever it is written."""
    others = (each for each, _ in settings.LANGUAGES if each != case.language)
    read = (vows.found(text, each, clock.now(), plan) for each in (case.language, *others))
    return next((each for each in read if each), None)


@require_POST
@staff
def take_found(request: StaffRequest, pk: int) -> HttpResponse:
    """Make what was found a promise, without leaving what is being written."""
    case = case_for(request.user, pk)
    try:
        made = actions.promise(case, request.user, _vow(request, case))
    except Refused as refused:
        return render(request, "web/vow_found.html", {"case": case, "error": refused.sentence()}, status=409)
    context = {"case": case, "made": made, "at": _said(made.due_at), "also": _also(made)}
    return render(request, "web/vow_found.html", context)


@acting
def promise_it(request: StaffRequest, case: Case) -> str:
    """Promise something by hand."""
    made = actions.promise(case, request.user, _vow(request, case))
    if also := _also(made):
        messages.warning(request, also)
    return gettext("Promised: %(what)s, %(at)s") % {"what": made.words, "at": _said(made.due_at)}


@acting
def keep_it(request: StaffRequest, case: Case, promise: int) -> str:
    """Say that it was done."""
    kept = actions.keep_promise(_promise(case, promise), request.user, note=request.POST.get("note", ""))
    if kept.state == Promise.State.KEPT:
        return gettext("Kept. The customer can count on us.")
    return gettext("Noted as done. It stays broken, for it came late.")


@acting
def move_it(request: StaffRequest, case: Case, promise: int) -> str:
    """Move it to another time; the customer is told why."""
    given = _promise(case, promise)
    moved = actions.move_promise(given, request.user, _when(request), request.POST.get("reason", ""))
    if also := _also(moved):
        messages.warning(request, also)
    return gettext("Moved to %(at)s, and the customer is told why.") % {"at": _said(moved.due_at)}


@acting
def withdraw_it(request: StaffRequest, case: Case, promise: int) -> str:
    """Withdraw it; the customer is told why."""
    actions.withdraw_promise(_promise(case, promise), request.user, request.POST.get("reason", ""))
    return gettext("Withdrawn, and the customer is told why.")


@require_safe
@staff
def calendar(request: StaffRequest, pk: int, promise: int) -> HttpResponse:
    """Give the appointment as a file for a calendar."""
    case = case_for(request.user, pk)
    invite = invites.file_of(case, _promise(case, promise))
    if invite is None:
        raise Http404
    return calendar_answer(invite.text)


def calendar_answer(text: str) -> HttpResponse:
    """Return an .ics file to be kept or opened."""
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


@require_safe
@staff
def own(request: StaffRequest) -> HttpResponse:
    """Show the words that one has given and not kept yet, on settled cases too, what is due first on top."""
    now = clock.now()
    mine = Promise.objects.filter(STILL_TO_KEEP, by_hand=True, made_by=request.user, case__in=cases_for(request.user))
    found = leaf(mine.select_related("case__customer").order_by("due_at", "id"), request.GET, most=MOST)
    rows = found.of(
        lambda each: {"promise": each, "chip": chip(each, now), "when": vow_words.when(each), "case": each.case}
    )
    return page(request, "web/vows.html", {"rows": rows}, place="vows")


def _promise(case: Case, pk: int) -> Promise:
    found = case.promises.select_related("case").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _vow(request: StaffRequest, case: Case) -> Vow:
    given = request.POST
    kind = given.get("kind", "")
    due = _when(request)
    minutes = whole(given.get("minutes", ""))
    lasts = timedelta(minutes=minutes) if minutes and minutes <= LONGEST else vows.MEETING_LASTS
    ends = _instant(given.get("ends", "")) or due + lasts
    return Vow(
        words=given.get("words", ""),
        due=due,
        kind=kind if kind in vows.KINDS else vows.BY_HAND,
        place=given.get("place", ""),
        ends=ends if kind in vows.MEETINGS else None,
    )


def _when(request: StaffRequest) -> datetime:
    """Return the time that was written, in the reader's words or as an instant. Raises Refused("not_a_time")."""
    written = request.POST.get("when", "").strip()
    read = _instant(written) or (
        when(written, request.LANGUAGE_CODE, clock.now(), request.plan) if request.plan else None
    )
    if read is None:
        raise Refused("not_a_time", got=written[:60])
    return read


def _instant(written: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    if read.year not in SOME_DAY:
        raise Refused("not_a_time", got=written[:60])
    return read if read.tzinfo is not None else None


def _said(at: datetime) -> str:
    return spoken.instant(at, clock.now())


def _also(made: Promise) -> str:
    """Return the warning that its maker is elsewhere at that time, "" if they are free."""
    if made.ends_at is None or made.made_by is None:
        return ""
    others = vows.overlapping(made.made_by, made.due_at, made.ends_at, but=made.pk)
    if not others:
        return ""
    first = others[0]
    also = {
        "who": made.made_by.name,
        "what": first.words,
        "customer": first.case.customer.shown,
        "at": vow_words.when(first),
    }
    return gettext("%(who)s has another appointment then: %(what)s, %(customer)s, %(at)s.") % also
