"""What every door of the window has: whose site may ask, whose token it is, a bound on what comes, errors as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from tantam.desk import plans
from tantam.desk.channels.chat.errors import Wrong, refused
from tantam.desk.chats.access import visitor_by_token
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.storable import storable
from tantam.desk.plans import RunningPlan, chatting

MOST_BYTES = 64_000  # of what is told as JSON
SCHEME = "Chat "
PREFLIGHT_SECONDS = 600

View = Callable[..., HttpResponse]


class Asked(HttpRequest):
    """A request from a window. plan: in force. lang: one of the plan's. visitor: whose token it showed.

    keeps_no_language: what asks here has no cookies, so none is set.
    """

    keeps_no_language: bool
    plan: RunningPlan
    lang: str
    visitor: Visitor


def door(*methods: str, token: bool = True) -> Callable[[View], View]:
    """Make a view a door of the window. token: whether it asks whose window it is; else `visitor` is not set."""

    def made(view: View) -> View:
        @csrf_exempt  # it reads no cookie
        @wraps(view)
        def guarded(request: Any, *args: Any, **named: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _allowed(request, HttpResponse(status=204))
            if request.method not in methods:
                wrong = Wrong(405, "method", _("Ask this address in another manner."))
                return _allowed(request, wrong.answer({"Allow": ", ".join((*methods, "OPTIONS"))}))
            return _allowed(request, _answered(request, view, token, args, named))

        return guarded

    return made


def told_in(request: HttpRequest) -> dict[str, Any]:
    """Return the object that a window tells. Raises Wrong for what is none, or too large."""
    if request.content_type != "application/json":  # what a page of another site sends without asking is none
        raise Wrong(403, "not_json", _("This could not be read. Load the page anew."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Wrong(413, "too_large", _("This is too long. Shorten it, or send it as a file."))
    try:
        told = storable(json.loads(request.body or b"{}"))
    except (ValueError, RecursionError) as unread:
        raise Wrong(400, "unreadable", _("This could not be read. Load the page anew.")) from unread
    if not isinstance(told, dict):
        raise Wrong(400, "unreadable", _("This could not be read. Load the page anew."))
    return told


def words(told: Mapping[str, Any], name: str) -> str:
    """Return a text that was told, "" for none."""
    got = told.get(name, "")
    return got if isinstance(got, str) else ""


def _answered(request: Any, view: View, token: bool, args: Any, named: Any) -> HttpResponse:
    try:
        request.plan = plans.in_force()
        if not chatting.channel(request.plan):
            raise Wrong(404, "no_chat", _("No chat is offered here."))
        visitor = _visitor(request) if token else None
        if visitor is not None:
            request.visitor = visitor
        request.lang = _language(request, visitor)
        with translation.override(request.lang), timezone.override(ZoneInfo(request.plan.timezone)):
            try:
                return view(request, *args, **named)
            except Refused as not_done:
                return refused(not_done).answer()
            except Wrong as wrong:
                return wrong.answer()
    except plans.NoPlan:
        return Wrong(503, "no_plan", _("Nobody is here yet. Please come back later.")).answer()
    except Wrong as wrong:
        return wrong.answer()


def _visitor(request: HttpRequest) -> Visitor:
    shown = request.headers.get("Authorization", "")
    token = shown.removeprefix(SCHEME) if shown.startswith(SCHEME) else request.GET.get("token", "")
    if (visitor := visitor_by_token(token, clock.now())) is None:
        raise Wrong(401, "unknown", _("This conversation is not known here any more. Begin a new one."))
    return visitor


def _language(request: Any, visitor: Visitor | None) -> str:
    asked = visitor.language if visitor else request.GET.get("lang", "")[:5]
    wished = (asked, asked[:2], str(getattr(request, "LANGUAGE_CODE", "")))
    return next((each for each in wished if each in request.plan.languages), request.plan.languages[0])


def _allowed(request: Asked, answered: HttpResponse) -> HttpResponse:
    """Let the pages read the answer on which the company has put the window; no cookie goes with it."""
    origin = request.headers.get("Origin", "")
    if origin and origin in settings.CHAT_ORIGINS:
        answered.headers["Access-Control-Allow-Origin"] = origin
        answered.headers["Access-Control-Expose-Headers"] = "Retry-After"
        if request.method == "OPTIONS":
            answered.headers["Access-Control-Allow-Methods"] = "GET, POST"
            answered.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Last-Event-ID"
            answered.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    patch_vary_headers(answered, ["Origin"])
    answered.headers.setdefault("Cache-Control", "no-store")
    answered.headers["X-Robots-Tag"] = "noindex"
    request.keeps_no_language = True
    return answered
