"""Stands before every address of the interface: who asks, how often, in which zone, and whether it was asked before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from tantam.desk import plans
from tantam.desk.api import rates
from tantam.desk.api.actions import answer_once
from tantam.desk.api.actions.answer_once import Key, KeyUsed
from tantam.desk.api.errors import problem
from tantam.desk.api.token import Caller, caller_of

View = Callable[..., HttpResponse]
MOST_KEY = 200  # characters


def guarded(view: View) -> View:
    """Return the view behind the guard."""

    @wraps(view)
    def answer(request: Any, *args: Any, **named: Any) -> HttpResponse:
        request.caller, request.told = caller_of(request), {}
        with ExitStack() as held:
            with suppress(plans.NoPlan):
                held.enter_context(timezone.override(plans.in_force().timezone))
            given = _answered(request, lambda: view(request, *args, **named))
        given.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(given, ("Authorization", "Accept-Language"))
        return given

    return answer


def _answered(request: Any, do: Callable[[], HttpResponse]) -> HttpResponse:
    caller: Caller | None = request.caller
    if caller is None:
        return _plain(request, do)
    standing = rates.count(caller.key)
    if standing.over:
        return standing.tell(problem(429, "too_often", "So many requests a minute are too many. Wait a little."))
    return standing.tell(_once(request, caller, do))


def _once(request: Any, caller: Caller, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `do` answers; for a POST with an Idempotency-Key, what it answered the first time."""
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    if not key:
        return _plain(request, do)
    if len(key) > MOST_KEY:
        message = f"An Idempotency-Key has at most {MOST_KEY} characters."
        return problem(422, "invalid", message, fields=[{"field": "Idempotency-Key", "message": message}])
    try:
        digest = _digest(caller.key, request.get_full_path(), key)
        return answer_once(Key(digest, _asked(request)), lambda: _plain(request, do))
    except KeyUsed:
        return problem(422, "key_used", "This Idempotency-Key came with another request. Use a new one.")
    except RequestDataTooBig:
        return _too_large()


def _plain(request: Any, do: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        given = do()
    except RequestDataTooBig:
        return _too_large()
    if given.status_code == 405:
        allowed = given.headers.get("Allow", "")
        given = problem(405, "no_such_method", f"This address knows {allowed}.")
        given.headers["Allow"] = allowed
    for name, value in request.told.items():
        given.headers.setdefault(name, value)
    return given


def _too_large() -> HttpResponse:
    return problem(413, "too_large", "This request is too large. Send less, and files one at a time.")


def _asked(request: HttpRequest) -> str:
    """Return a digest of what the request says; of an upload, which is read later, its length."""
    if request.content_type.startswith("multipart/"):
        return _digest("upload", request.headers.get("Content-Length", ""))
    try:
        said = json.dumps(json.loads(request.body), sort_keys=True)
    except ValueError:
        said = request.body.hex()
    return _digest(said)


def _digest(*parts: str) -> str:
    whole = "\n".join(f"{len(each)}:{each}" for each in parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
