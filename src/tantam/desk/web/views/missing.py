"""Tells who looked for a page that is not there, or not for them: staff find their bar and the way to the inbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.defaults import page_not_found

from tantam.desk.accounts.access import works_here
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page


def show(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: to staff among their pages in their own look, to everybody else in the customers' words."""
    at_the_desk = request.path.startswith(reverse("web:inbox"))
    if at_the_desk and works_here(getattr(request, "user", None)):
        return _for_staff(request)
    return page_not_found(request, exception)


@staff
def _for_staff(request: StaffRequest) -> HttpResponse:
    return page(request, "web/missing.html", {}, status=404)
