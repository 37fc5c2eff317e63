"""The private link that somebody lost: asked for here, sent by mail; who is a customer is never told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tantam.desk.cases import lost_links
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan
from tantam.desk.portal import guard
from tantam.desk.portal.forms import LostForm
from tantam.desk.portal.pages import page, with_plan


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def lost(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show the form, or take it in; whatever is known of the contact, the answer is the same."""
    if request.method != "POST":
        return _shown(request, plan, LostForm(country=plan.country))
    form, status = LostForm(request.POST, country=plan.country), 422
    if form.is_valid() and (stop := guard.stopped(request)):
        form.add_error(None, str(guard.SAID[stop]))
    if form.is_valid():
        contact = form.cleaned_data["contact"]
        try:
            guard.count_lost(request, contact)
            lost_links.ask(contact)
        except Refused as refused:
            status = 429
            form.add_error(None, refused.sentence())
        else:
            return redirect("portal:lost_asked")
    return _shown(request, plan, form, status=status)


@require_safe
@with_plan
def asked(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Say what happens next."""
    return page(request, "portal/lost_asked.html", plan, {})


def _shown(request: HttpRequest, plan: RunningPlan, form: LostForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "seal": guard.seal(), "trap": guard.TRAP}
    return page(request, "portal/lost.html", plan, context, status=status)
