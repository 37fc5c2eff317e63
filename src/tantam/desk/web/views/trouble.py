"""What did not work and waits for the administrator: failed work of the outbox, and mail nobody could read."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.common import clock
from tantam.desk.common.actions import try_again
from tantam.desk.common.models import DueWork
from tantam.desk.web.doors import StaffRequest, administrators
from tantam.desk.web.pages import page
from tantam.desk.web.tray import unread_mail

MOST = 100


@require_safe
@administrators
def show(request: StaffRequest) -> HttpResponse:
    """Show failed work, work that keeps failing, and mail that could not be read."""
    open_work = DueWork.objects.filter(done_at=None)
    context = {
        "failed": open_work.exclude(failed_at=None).order_by("-id")[:MOST],
        "failing": open_work.filter(failed_at=None, attempts__gt=1).order_by("due_at")[:MOST],
        "waiting": open_work.filter(failed_at=None, due_at__lte=clock.now()).count(),
        "mails": unread_mail(MOST),
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
