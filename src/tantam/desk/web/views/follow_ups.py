"""What is done of our own accord: how often, with what result, for whom not and why; and who hears nothing of us."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.followups import access, actions
from tantam.desk.web import follow_up_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

PERIODS = (30, 90, 365)  # days


@require_safe
@staff
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show the figures of a period, the newest follow-ups, and who had no contact with us in it."""
    assert request.plan is not None
    days = whole(request.GET.get("days", "")) or PERIODS[1]
    days = days if days in PERIODS else PERIODS[1]
    since = clock.now() - timedelta(days=days)
    shown = follow_up_page.Asked(request.user, request.plan, request.LANGUAGE_CODE, since)
    context = {
        "days": days,
        "periods": PERIODS,
        "scores": follow_up_page.scores(shown),
        "rows": follow_up_page.newest(shown, request.GET.get("state", "")),
        "state": request.GET.get("state", ""),
        "states": follow_up_page.STATES,
        "results": follow_up_page.RESULTS,
        "unheard": follow_up_page.unheard(shown),
    }
    return page(request, "web/follow_ups.html", context)


@require_POST
@staff
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what came of one."""
    found = access.follow_up_for(request.user, pk)
    try:
        actions.note_result(found, request.user, request.POST.get("result", ""))
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, gettext("Noted."))
    return redirect("web:follow_ups")
