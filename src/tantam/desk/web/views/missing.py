"""Tells who looked for a page that is not there, or may only read it: staff find their bar and the way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.defaults import page_not_found, permission_denied

from tantam.desk.accounts.access import may_read
from tantam.desk.web.doors import StaffRequest, one_s_own
from tantam.desk.web.pages import page


def show(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: to staff among their pages in their own look, to programs in the one form of their errors.

    Everybody else reads the customers' words.
    """
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "not_found", "message": "There is no such address.", "fields": []}, status=404)
    at_the_desk = request.path.startswith(reverse("web:inbox"))
    if at_the_desk and may_read(getattr(request, "user", None)):
        return _for_staff(request)
    return page_not_found(request, exception)


def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: to who may read, that they may change nothing here."""
    if may_read(getattr(request, "user", None)):
        return _reads_only(request)
    return permission_denied(request, exception)


@one_s_own
def _for_staff(request: StaffRequest) -> HttpResponse:
    return page(request, "web/missing.html", {}, status=404)


@one_s_own
def _reads_only(request: StaffRequest) -> HttpResponse:
    return page(request, "web/reads_only.html", {}, status=403)
