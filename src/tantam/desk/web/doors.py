"""Who may enter a page of the staff: strangers sign in first, outsiders find nothing there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from tantam.desk import plans
from tantam.desk.accounts.access import may_read, works_here
from tantam.desk.accounts.models import Person, Role
from tantam.desk.duty.at_desk import see
from tantam.desk.plans.seeing import sees_house
from tantam.desk.web import away

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request of somebody who works here. plan: the version in force, None before the first one is enacted."""

    user: Person
    plan: plans.RunningPlan | None
    LANGUAGE_CODE: str


def staff(view: View) -> View:
    """Let in who works here, and who may read, in their language and the company's zone. Only who works here acts."""
    return _door(view, Door(may_read, works_here))


def workers(view: View) -> View:
    """Let in who works here: for pages that are nothing but a form."""
    return _door(view, Door(works_here, works_here))


def one_s_own(view: View) -> View:
    """Let in who may read, to see and to change what is their own."""
    return _door(view, Door(may_read, may_read))


def overseers(view: View) -> View:
    """Let in who sees the whole company's figures; who audits posts nothing."""
    return _door(view, Door(_oversees, _manages))


def managers(view: View) -> View:
    """Let in who decides for the whole company."""
    return _door(view, Door(_manages, _manages))


def administrators(view: View) -> View:
    """Let in who runs the installation."""
    return _door(view, Door(_runs, _runs))


@dataclass(frozen=True)
class Door:
    """Who may see a page, and who may send its form."""

    sees: Callable[[Any], bool]
    acts: Callable[[Any], bool]


def _manages(person: Person) -> bool:
    return works_here(person) and person.manages and sees_house(person)


def _oversees(person: Person) -> bool:
    return may_read(person) and person.oversees and sees_house(person)


def _runs(person: Person) -> bool:
    return works_here(person) and person.role == Role.ADMINISTRATOR


def _door(view: View, door: Door) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request"):  # the page stays as it is, with all that was typed, and says so
                return HttpResponse(status=401)
            if request.method == "POST" and away.typed(request):
                return away.signed_out(request)
            return redirect_to_login(_page_of(request))
        if request.user.role == Role.ASSISTANT:  # not even to post
            raise Http404
        reading = request.method in ("GET", "HEAD", "OPTIONS")
        if not (door.sees if reading else door.acts)(request.user):
            _refuse(request.user, door)
        if works_here(request.user):
            see(request.user)
        with ExitStack() as held:
            request.plan = _plan()
            if request.plan is not None:
                held.enter_context(timezone.override(request.plan.timezone))
            if not settings.DEMO and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and "lang" not in request.GET:
                held.enter_context(translation.override(request.user.language))
                request.LANGUAGE_CODE = request.user.language
            return view(request, *args, **named)

    return guarded


def _refuse(person: Any, door: Door) -> NoReturn:
    """Say to who may read that they may change nothing here; to everybody else that nothing is here."""
    if door.sees(person) or may_read(person) and door.acts is works_here:
        raise PermissionDenied
    raise Http404


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
