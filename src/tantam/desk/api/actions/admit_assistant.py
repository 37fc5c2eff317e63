"""Let an assistant in: an account of its own, and a token that says what is left to it. Only managers do."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.actions import Wanted, deactivate, invite
from tantam.desk.accounts.models import Person, Role
from tantam.desk.accounts.rights import refuse_unless_may_change
from tantam.desk.api import scopes
from tantam.desk.api.actions.make_token import BEGINS, LONGEST, SHOWN, digest
from tantam.desk.api.models import MOST_NAME, ApiToken, Bound
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.plans.providers import scope_of
from tantam.desk.plans.seeing import sees_house

NOWHERE = "assistants.invalid"  # no mail is ever taken there: a program reads none, and nobody signs in by it


@dataclass(frozen=True, slots=True)
class NewAssistant:
    """provider, level: names in the plan in force. customer, topics: to whom and to what alone it is let.

    days: how long the token counts, None until it is revoked.
    """

    name: str
    provider: str
    level: str
    customer: Customer | None = None
    topics: Sequence[str] = ()
    days: int | None = None


def admit_assistant(by: Person, new: NewAssistant) -> tuple[ApiToken, str]:
    """Return the token and its secret, which is told this once.

    Raises Refused: not_allowed, says_nothing, not_a_program, unknown_level, not_ahead.
    """
    plan, name = plans.in_force(), " ".join(new.name.replace("\x00", "").split())[:MOST_NAME]
    _refuse_unless_manages(by)
    if not name:
        raise Refused("says_nothing")
    if scope_of(plan, new.provider) is None:
        raise Refused("not_a_program", got=new.provider)
    if new.level not in plan.levels():
        raise Refused("unknown_level")
    if new.days is not None and not 0 < new.days <= LONGEST:
        raise Refused("not_ahead")
    with transaction.atomic():
        wanted = Wanted(name, Role.ASSISTANT, level=new.level, provider=new.provider)
        mail = f"{secrets.token_hex(8)}@{NOWHERE}"
        person = invite(by, mail, wanted, language=plan.languages[0])
        made, secret = _token(by, person, name)
        if new.days is not None:
            made.expires_at = made.made_at + timedelta(days=new.days)
            made.save(update_fields=["expires_at"])
        Bound.objects.create(token=made, customer=new.customer, topics=list(new.topics))
        return made, secret


def turn_assistant(person: Person, by: Person) -> tuple[ApiToken, str]:
    """Return a new token for the same, and its secret; those before let nobody in from now on.

    Raises Refused: not_allowed, assistant_gone.
    """
    _refuse_unless_manages(by)
    with transaction.atomic():
        known = Person.objects.select_for_update().filter(pk=person.pk, role=Role.ASSISTANT, is_active=True).first()
        last = ApiToken.objects.filter(person=known).select_related("bound").order_by("-id").first() if known else None
        if known is None or last is None:
            raise Refused("assistant_gone")
        ApiToken.objects.filter(person=known, revoked_at=None).update(revoked_at=clock.now())
        made, secret = _token(by, known, last.name)
        if last.expires_at is not None:
            made.expires_at = made.made_at + (last.expires_at - last.made_at)
            made.save(update_fields=["expires_at"])
        Bound.objects.create(token=made, customer=last.bound.customer, topics=last.bound.topics)
        return made, secret


def dismiss_assistant(person: Person, by: Person) -> Person:
    """Return the account, which lets nobody in any more; what it did stays. Raises Refused("not_allowed")."""
    _refuse_unless_manages(by)
    with transaction.atomic():
        ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=clock.now())
        return deactivate(person, by)


def _refuse_unless_manages(by: Person) -> None:
    refuse_unless_may_change(by, None, Role.ASSISTANT)
    if not sees_house(by):
        raise Refused("not_allowed")


def _token(by: Person, person: Person, name: str) -> tuple[ApiToken, str]:
    secret = BEGINS + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        name=name,
        person=person,
        scopes=[scopes.ASSIST],
        hash=digest(secret),
        prefix=secret[:SHOWN],
        made_by=by,
        made_at=clock.now(),
    )
    return made, secret
