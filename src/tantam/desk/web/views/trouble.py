"""What did not work and waits for the administrator: failed work, and what other rooms could not do."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.common import backlog, troubles
from tantam.desk.common.actions import try_again
from tantam.desk.web.doors import StaffRequest, administrators
from tantam.desk.web.pages import page

MOST = 100


@require_safe
@administrators
def show(request: StaffRequest) -> HttpResponse:
    """Show failed work, work that keeps failing, and the panels of the rooms that have something stuck."""
    context = {
        "failed": backlog.given_up(MOST),
        "failing": backlog.failing(MOST),
        "waiting": backlog.waiting(),
        "panels": troubles.filled(MOST),
    }
    return page(request, "web/trouble.html", context, place="trouble")


@require_POST
@administrators
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a piece of failed work another round of attempts."""
    if not try_again(pk):
        raise Http404
    messages.success(request, gettext("It is tried again within a minute."))
    return redirect("web:trouble")
