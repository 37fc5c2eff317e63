"""What the palette changes for its reader alone: colours, and whether one is here. Then one is where one was."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tantam.desk.accounts.actions import choose
from tantam.desk.accounts.forms import THEMES
from tantam.desk.common.errors import Refused
from tantam.desk.duty import actions
from tantam.desk.web.doors import StaffRequest, one_s_own, staff


@require_POST
@one_s_own
def colours(request: StaffRequest) -> HttpResponse:
    """Keep which colours one's pages have; anything else than the colours there are changes nothing."""
    person, theme = request.user, request.POST.get("theme")
    if theme in dict(THEMES):
        choose(
            person,
            language=person.language,
            theme=theme,
            density=person.density,
            undo_seconds=person.undo_seconds,
        )
    return _back(request)


@require_POST
@staff
def at_desk(request: StaffRequest) -> HttpResponse:
    """Say that one is here, busy or gone."""
    try:
        actions.show_presence(request.user, request.POST.get("state", ""))
    except Refused as refused:
        messages.error(request, refused.sentence())
    else:
        messages.success(request, gettext("Kept. Your colleagues see it."))
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    """Lead to the page that one was on, where it is one of ours."""
    stood = urlsplit(request.headers.get("Referer", ""))
    if stood.netloc != request.get_host() or not stood.path.startswith("/desk/"):
        return redirect("web:inbox")
    return redirect(f"{stood.path}?{stood.query}" if stood.query else stood.path)
