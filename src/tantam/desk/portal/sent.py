"""What a browser sent last, so that the same words sent once more after its Back button are the same sending.

A page that nobody may keep comes anew after Back, under a new number; the browser puts the words back into it.
"""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tantam.desk.portal import guard
from tantam.desk.portal.ticket import read_ticket

COOKIE = "tantam_sent"
SALT = "tantam.portal.sent"
SECONDS = 3600
_MADE_ANEW = ("csrfmiddlewaretoken", "token", "submission", "ticket", "carried")


def submission_of(request: HttpRequest) -> str:
    """Return the number under which this browser sent these words last, else the form's own."""
    words, _, submission = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=SECONDS).partition(":")
    return submission if words == _words_of(request) else guard.submission_of(request)


def remember(response: HttpResponse, request: HttpRequest, submission: str) -> HttpResponse:
    """Return the response, with which the browser remembers what it sent."""
    response.set_signed_cookie(
        COOKIE,
        f"{_words_of(request)}:{submission}",
        salt=SALT,
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.CSRF_COOKIE_SECURE,
    )
    return response


def _words_of(request: HttpRequest) -> str:
    """Return what was written, and where, in a few letters."""
    given = sorted((name, values) for name, values in request.POST.lists() if name not in _MADE_ANEW)
    return sha256(repr((request.path, given, read_ticket(request.POST.get("ticket", "")))).encode()).hexdigest()
