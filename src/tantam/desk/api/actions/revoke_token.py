"""Revoke a token: its owner, or an administrator. From then on it lets nobody in."""

from __future__ import annotations

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person, Role
from tantam.desk.api.models import ApiToken
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused


def revoke_token(token: ApiToken, person: Person) -> ApiToken:
    """Return the token, revoked; one that was stays as it is. Raises Refused("not_allowed")."""
    if not may_read(person) or (token.person_id != person.pk and person.role != Role.ADMINISTRATOR):
        raise Refused("not_allowed")
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    token.refresh_from_db()
    return token
