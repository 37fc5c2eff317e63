"""Keep a filter under a name, and throw it away."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tantam.desk.cases import filters
from tantam.desk.cases.actions.save_view import drop_view, save_view
from tantam.desk.cases.filters import FilterWrong
from tantam.desk.cases.saved_views import view_for
from tantam.desk.common.errors import Refused
from tantam.desk.web.doors import StaffRequest, staff


@require_POST
@staff
def save(request: StaffRequest) -> HttpResponse:
    """Keep the filter that stands in the list."""
    given, typed = request.POST, request.POST.get("q", "")
    try:
        kept = save_view(request.user, given.get("name", ""), filters.read(typed), shared=bool(given.get("shared")))
        typed = kept.query
        messages.success(request, gettext("Kept as “%(name)s”.") % {"name": kept.name})
    except (Refused, FilterWrong) as wrong:
        messages.error(request, wrong.sentence())
    return redirect(f"{reverse('web:inbox')}?{urlencode({'view': 'all', 'q': typed})}")


@require_POST
@staff
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a view away."""
    view = view_for(request.user, pk)
    try:
        drop_view(request.user, view)
        messages.success(request, gettext("“%(name)s” is removed.") % {"name": view.name})
    except Refused as refused:
        messages.error(request, refused.sentence())
    return redirect("web:inbox")
