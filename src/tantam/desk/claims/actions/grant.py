"""Grant what a claim asks for, within one's authority."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox, promises, said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Actor
from tantam.desk.claims.authority import authority
from tantam.desk.claims.deciding import Decided, again
from tantam.desk.claims.giving import give, worth
from tantam.desk.claims.letters import grant_letter
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.plans import AuthorityExceeded


def grant(
    claim: Claim, person: Person, *, amount: Money | None = None, reason: str = "", seen: int | None = None
) -> Claim:
    """Return the claim, granted, with a promise to carry it out where the plan names a time; the customer is told.

    amount: what is granted, None for what the policy answered. seen: the last event id that the person has read.
    Raises AuthorityExceeded; Refused: claim_closed, changed_meanwhile, nothing_to_grant, bad_amount, not_allowed, and
    needs_reason where it is more than the policy answered.
    """
    with transaction.atomic():
        act = act_on(claim.case, Actor.PERSON, person)
        claim = Claim.objects.get(pk=claim.pk)
        if claim.state not in (Claim.State.OPEN, Claim.State.REFUSED):
            raise Refused("claim_closed")
        refuse_if_changed(act, seen)
        decided = again(claim, {}, claim.decided_at)
        given = _readable(amount, act) or worth(decided)
        _refuse_if_unfounded(claim, decided, given, reason)
        _refuse_if_beyond(act, person, claim, given)
        give(act, claim, decided, amount=given, reason=said.clean(reason) if reason.strip() else "")
        own_if_free(act)
        outbox.post(act, grant_letter(claim, act, given))
        promises.fulfil(act, promises.kept_by_words)
        return claim


def _readable(amount: Money | None, act: Act) -> Money | None:
    """Return the amount. Raises Refused("bad_amount") below nothing, or in another currency than the company's."""
    if amount is not None and (amount.minor < 0 or amount.currency != act.plan.currency):
        raise Refused("bad_amount", currency=act.plan.currency)
    return amount


def _refuse_if_unfounded(claim: Claim, decided: Decided, given: Money | None, reason: str) -> None:
    """Refuse what nobody asked for, and more than the policy's answer without a reason."""
    answered = worth(decided)
    said_no = claim.answer["refuses"] or not decided.answer.known
    if said_no and given is None:
        raise Refused("nothing_to_grant")
    more = given is not None and (answered is None or given.minor > answered.minor)
    if (more or said_no) and not reason.strip():
        raise Refused("needs_reason")


def _refuse_if_beyond(act: Act, person: Person, claim: Claim, given: Money | None) -> None:
    """Refuse what is beyond the person's level."""
    if person.level not in act.plan.levels():
        raise Refused("not_allowed")
    found = authority(claim, person.level, given, act.plan)
    if not found.allowed:
        raise AuthorityExceeded(kind=found.kind, level=person.level, limit=found.limit, who_may=found.who_may)
