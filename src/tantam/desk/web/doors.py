"""Who may enter a page of the staff: strangers sign in first, outsiders find nothing there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person, Role
from tantam.desk.duty.at_desk import see
from tantam.desk.web import away

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request of somebody who works here. plan: the version in force, None before the first one is enacted."""

    user: Person
    plan: plans.RunningPlan | None
    LANGUAGE_CODE: str


def staff(view: View) -> View:
    """Let in who answers customers or manages those who do, in their language and the company's time zone."""
    return _door(view, works_here)


def managers(view: View) -> View:
    """Let in who sees the whole company's figures."""
    return _door(view, lambda person: works_here(person) and person.manages)


def administrators(view: View) -> View:
    """Let in who runs the installation."""
    return _door(view, lambda person: works_here(person) and person.role == Role.ADMINISTRATOR)


def _door(view: View, may_enter: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request"):  # the page stays as it is, with all that was typed, and says so
                return HttpResponse(status=401)
            if request.method == "POST" and away.typed(request):
                return away.signed_out(request)
            return redirect_to_login(_page_of(request))
        if not may_enter(request.user):
            raise Http404
        see(request.user)
        with ExitStack() as held:
            request.plan = _plan()
            if request.plan is not None:
                held.enter_context(timezone.override(request.plan.timezone))
            if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and "lang" not in request.GET:
                held.enter_context(translation.override(request.user.language))
                request.LANGUAGE_CODE = request.user.language
            return view(request, *args, **named)

    return guarded


def _page_of(request: HttpRequest) -> str:
    """Return the page to come back to after signing in: this one; for a form, the page that it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    stood = urlsplit(request.headers.get("Referer", ""))
    return stood.path if stood.netloc == request.get_host() else reverse("web:inbox")


def _plan() -> plans.RunningPlan | None:
    try:
        return plans.in_force()
    except plans.NoPlan:
        return None
