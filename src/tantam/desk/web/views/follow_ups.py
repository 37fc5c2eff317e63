"""What is done of our own accord: how often, with what result, for whom not and why; and who hears nothing of us."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.common.errors import Refused
from tantam.desk.followups import access, actions
from tantam.desk.web import follow_up_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned


@require_safe
@staff
@planned
def show(request: StaffRequest) -> HttpResponse:
    """Show the figures of a period, the newest follow-ups, and who had no contact with us in it."""
    assert request.plan is not None
    asked = follow_up_page.Asked(request.user, request.plan, request.LANGUAGE_CODE, request.GET)
    return page(request, "web/follow_ups.html", follow_up_page.context(asked))


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
