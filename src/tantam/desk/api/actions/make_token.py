"""Make a token: for oneself, or for a shop, which administrators do. The secret is told once and not kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import scopes
from tantam.desk.api.models import MOST_NAME, ApiToken
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused

BEGINS = "ttm_"
SHOWN = 10  # letters that it is known by
MOST = 20  # of one person
LONGEST = 3660  # days


@dataclass(frozen=True, slots=True)
class NewToken:
    """What is asked for. days: how long it counts, None for as long as nobody revokes it. shop: it is nobody's."""

    name: str
    scopes: Sequence[str]
    days: int | None = None
    shop: bool = False


def make_token(person: Person, new: NewToken) -> tuple[ApiToken, str]:
    """Return the token and its secret. Raises Refused: not_allowed, says_nothing, token_scopes, not_ahead, too_many."""
    name, wanted = " ".join(new.name.replace("\x00", "").split())[:MOST_NAME], tuple(dict.fromkeys(new.scopes))
    allowed = scopes.MAY_A_SHOP if new.shop else scopes.ALL
    if not may_read(person) or (new.shop and person.role != Role.ADMINISTRATOR):
        raise Refused("not_allowed")
    if not name:
        raise Refused("says_nothing")
    if not wanted or not set(wanted) <= set(allowed):
        raise Refused("token_scopes")
    if new.days is not None and not 0 < new.days <= LONGEST:
        raise Refused("not_ahead")
    now = clock.now()
    if ApiToken.objects.filter(made_by=person, revoked_at=None).count() >= MOST:
        raise Refused("too_many", most=MOST)
    secret = BEGINS + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        name=name,
        person=None if new.shop else person,
        scopes=list(wanted),
        hash=digest(secret),
        prefix=secret[:SHOWN],
        made_by=person,
        made_at=now,
        expires_at=now + timedelta(days=new.days) if new.days is not None else None,
    )
    return made, secret


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
