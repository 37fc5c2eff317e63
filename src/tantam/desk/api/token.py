"""Lets programs in by the secret that they show: a token of the table, or the one of the environment."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from tantam.desk.accounts.access import may_read, works_here
from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import scopes
from tantam.desk.api.actions.make_token import BEGINS, digest
from tantam.desk.api.actions.note_use import note_use
from tantam.desk.api.errors import Forbidden
from tantam.desk.api.models import ApiToken
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans.seeing import sees_house

READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. key: of their token, by which they are counted. person: as whom they act, None for a shop."""

    key: str
    scopes: frozenset[str]
    person: Person | None = None


class Asking(HttpRequest):
    """A request of a program with a token."""

    caller: Caller
    person: Person
    told: dict[str, str]


Who = Callable[[Any, Caller], None]


def a_person(request: Any, caller: Caller) -> None:
    """Let in who may read, and to act who works here, and note who it is. Raises Forbidden, Refused."""
    if caller.person is None:
        raise Forbidden("needs_person", "This token belongs to nobody. Use one that acts as a person.")
    if caller.person.role == Role.ASSISTANT:
        raise Forbidden("assistant", "This token is an assistant's. It is shown at /mcp/, where its tools are.")
    if not (may_read if request.method in READING else works_here)(caller.person):
        raise Refused("not_allowed")
    request.person = caller.person


def anybody(request: Any, caller: Caller) -> None:
    """Let in every token that has the scope."""


def overseers(request: Any, caller: Caller) -> None:
    """Let in tokens of nobody, and of who oversees the whole company; to act, who manages it. Raises Refused."""
    if caller.person is None:
        return
    a_person(request, caller)
    may = caller.person.oversees if request.method in READING else caller.person.manages
    if not may or not sees_house(caller.person):
        raise Refused("not_allowed")


class Scoped(HttpBearer):
    """Lets in a token that has the scope and whose person `who` lets in."""

    def __init__(self, scope: str, who: Who = a_person) -> None:
        super().__init__()
        self.scope, self.who = scope, who

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Return who comes, None for a wrong token. Raises Forbidden for one that may not do this, Refused."""
        caller: Caller | None = getattr(request, "caller", None)
        if caller is None:
            return None
        if self.scope not in caller.scopes:
            raise Forbidden("scope", f"This token needs the scope {self.scope}.")
        self.who(request, caller)
        return caller


def caller_of(request: HttpRequest) -> Caller | None:
    """Return whose token the request shows; None for none, a wrong one, or one that no longer counts. One query."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if kind.lower() != "bearer" or not secret:
        return None
    if settings.API_TOKEN and hmac.compare_digest(digest(secret), digest(settings.API_TOKEN)):
        return Caller("desk", frozenset(scopes.OF_THE_DESK))
    return _kept(secret) if secret.startswith(BEGINS) else None


def _kept(secret: str) -> Caller | None:
    now = clock.now()
    found = ApiToken.objects.select_related("person").filter(hash=digest(secret)).first()
    if found is None or not found.counts(now) or (found.person is not None and not found.person.is_active):
        return None
    note_use(found, now)
    return Caller(str(found.pk), frozenset(found.scopes), found.person)
