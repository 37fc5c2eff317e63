"""Chooses the language of a page: asked for (`?lang=`), kept in a cookie, the person's own, the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

YEAR = 366 * 24 * 3600


class LanguageMiddleware:
    """Activates the language for one request and remembers one that was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        language = asked if asked in self.known else self._kept(request)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if asked == language and not getattr(request, "keeps_no_language", False):
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", httponly=True)
        return response

    def _kept(self, request: HttpRequest) -> str:
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return kept if kept in self.known else translation.get_language_from_request(request)[:2]
