"""The page of what somebody looks at first: it says so, and leads to the private page once it opened a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tantam.desk.cases.opening import opened_before
from tantam.desk.plans import RunningPlan
from tantam.desk.portal import held
from tantam.desk.portal.pages import page, private, with_plan


@never_cache
@require_safe
@with_plan
def received(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Say how it stands with what was written."""
    kept = held.found(key)
    if opened := opened_before(submission=kept.key):  # never a case that a colleague only put it to: whose is that?
        return private(redirect("portal:case", opened.link_key))
    context = {"since": kept.received_at, "state": held.state_of(kept)}
    return private(page(request, "portal/received.html", plan, context))
