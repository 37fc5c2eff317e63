"""Who may enter a page of the staff: strangers sign in first, outsiders find nothing there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person, Role

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
    @login_required
    @wraps(view)
    def guarded(request: Any, *args: Any, **named: Any) -> HttpResponse:
        if not may_enter(request.user):
            raise Http404
        with ExitStack() as held:
            request.plan = _plan()
            if request.plan is not None:
                held.enter_context(timezone.override(request.plan.timezone))
            if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and "lang" not in request.GET:
                held.enter_context(translation.override(request.user.language))
                request.LANGUAGE_CODE = request.user.language
            return view(request, *args, **named)

    return guarded


def _plan() -> plans.RunningPlan | None:
    try:
        return plans.in_force()
    except plans.NoPlan:
        return None
