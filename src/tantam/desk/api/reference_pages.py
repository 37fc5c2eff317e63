"""What programs may ask, for people to read: all of it on one page, and a page for each thing that it is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tantam.desk.api.reference import groups


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """List all operations, each with what it does in a line."""
    return render(request, "api/reference.html", {"groups": groups()})


@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the operations about one thing, with all that is sent and answered. Raises Http404."""
    group = next((each for each in groups() if each.slug == slug), None)
    if group is None:
        raise Http404
    return render(request, "api/reference_group.html", {"group": group})
