"""Letters that are no service, ended by who gets them: by a button, or in one click of a mail program (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from tantam.desk.customers import stopping
from tantam.desk.customers.consent import may
from tantam.desk.plans import RunningPlan, ways
from tantam.desk.portal.pages import page, private, with_plan


@csrf_exempt  # a mail program has no token of ours; the key in the address is what it may do, and all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """End them at once where a mail program asks; else show the page, or take its button in."""
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        stopping.stop(*stopping.meant(key))
        return private(HttpResponse("", content_type="text/plain"))
    return _shown(request, key)


@csrf_protect
@with_plan
def _shown(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    customer, purpose = stopping.meant(key)
    if request.method == "POST":
        stopping.stop(customer, purpose)
        return private(redirect("portal:stop", key))
    comes = may(customer, purpose, ways.way_in(plan, ways.MAIL))
    return private(page(request, "portal/stop.html", plan, {"what": purpose.label, "comes": comes}))
