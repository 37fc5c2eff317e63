"""One's own telephone: at which one sits, and who calls there just now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.accounts.actions import keep_extension
from tantam.desk.common import clock
from tantam.desk.web.calling_page import ringing_page
from tantam.desk.web.doors import StaffRequest, staff, workers


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
