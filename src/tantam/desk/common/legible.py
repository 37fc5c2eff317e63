"""Reads every request as UTF-8, and finds nothing at addresses with a zero character, which no database takes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


class Utf8Middleware:
    """Reads what is sent as UTF-8, whatever it says of itself: a browser writes no other letters into our forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        return self.get_response(request)


class LegibleMiddleware:
    """Answers 404 before a view asks the database for what it cannot even be asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "%00" in query or "\x00" in query:
            raise Http404
        return self.get_response(request)
