"""A form that was left open over night: nothing that was typed is lost when its session or its token ran out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure

CARRIED = ("csrfmiddlewaretoken",)  # made anew
MOST_FIELDS = 100


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """Return what a form brought, by field, without its token; {} where nobody wrote a word."""
    found = {name: values for name, values in request.POST.lists() if name not in CARRIED}
    return found if len(found) <= MOST_FIELDS and any(" " in each for v in found.values() for each in v) else {}


def signed_out(request: HttpRequest) -> HttpResponse:
    """Show what was typed, with the way to sign in beside it and to send it again."""
    return _again(request, signed_in=False, status=401)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is no longer good: on a page of ours, show what was typed once more."""
    stood = request.headers.get("Origin") or request.headers.get("Referer", "")
    if urlsplit(stood).netloc == request.get_host() and typed(request):
        return _again(request, signed_in=True, status=403)
    return csrf_failure(request, reason)


def _again(request: Any, *, signed_in: bool, status: int) -> HttpResponse:
    given = [(name, each) for name, values in typed(request).items() for each in values]
    context = {
        "words": [(name, each) for name, each in given if " " in each],
        "carried": [(name, each) for name, each in given if " " not in each],
        "signed_in": signed_in,
        "back": request.path,
    }
    return render(request, "web/away.html", context, status=status)
