"""Reads every request as UTF-8, and without the zero character, which no database takes and nobody types."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, UnreadablePostError


class Utf8Middleware:
    """Reads what is sent as UTF-8, whatever it says of itself: a browser writes no other letters into our forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        return self.get_response(request)


class LegibleMiddleware:
    """Answers 404 before a view asks the database for what it cannot even be asked; leaves it out of forms.

    A page that takes files reads its form itself, once it has said which files that may hold.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "%00" in query or "\x00" in query:
            raise Http404
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_named: object) -> None:
        """Take the zero character out of a form that is about to be read, whoever reads it."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        with suppress(UnreadablePostError):  # it broke off: whoever needs the form says so
            if any("\x00" in each for name, values in request.POST.lists() for each in (name, *values)):
                request.POST = QueryDict(request.POST.urlencode().replace("%00", ""))  # a % of theirs is %25 there
