"""Grant what a claim asks for, within one's authority."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import keeping, outbox, said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Actor
from tantam.desk.claims.authority import AuthorityExceeded, authority
from tantam.desk.claims.deciding import Decided, again
from tantam.desk.claims.giving import Gift, give, worth
from tantam.desk.claims.letters import grant_letter
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money


def grant(
    claim: Claim, person: Person, *, amount: Money | None = None, reason: str = "", seen: int | None = None
) -> Claim:
    """Return the claim, granted, with a promise to carry it out where the plan names a time; the customer is told.

    amount: what is granted, None for what the policy answered. seen: the last event id that the person has read.
    Raises AuthorityExceeded; Refused: claim_closed, changed_meanwhile, nothing_to_grant, bad_amount, not_allowed, and
    needs_reason where it is more than the policy answered, or a rule marked it.
    """
    with transaction.atomic():
        act = act_on(claim.case, Actor.PERSON, person)
        claim = Claim.objects.get(pk=claim.pk)
        refuse_if_closed(claim)
        refuse_if_changed(act, seen)
        decided = again(claim, {}, claim.decided_at)
        given = readable(amount, act) or worth(decided)
        refuse_if_nothing(claim, decided, given)
        _refuse_if_unfounded(claim, decided, given, reason)
        _refuse_if_beyond(act, person, claim, given)
        gift = Gift(given, said.clean(reason) if reason.strip() else "", person.level)
        own_if_free(act)
        carry_out_by_person(act, claim, decided, gift)
        return claim


def carry_out_by_person(act: Act, claim: Claim, decided: Decided, gift: Gift) -> None:
    """Give what the person who acts grants, tell the customer, and keep what words keep."""
    give(act, claim, decided, gift)
    keeping.keep_by(outbox.post(act, grant_letter(claim, act, gift.amount)), act)


def refuse_if_closed(claim: Claim) -> None:
    """Raise Refused("claim_closed") for a claim that was granted or withdrawn."""
    if claim.state not in (Claim.State.OPEN, Claim.State.REFUSED):
        raise Refused("claim_closed")


def readable(amount: Money | None, act: Act) -> Money | None:
    """Return the amount. Raises Refused("bad_amount") below nothing, or in another currency than the company's."""
    if amount is not None and (amount.minor < 0 or amount.currency != act.plan.currency):
        raise Refused("bad_amount", currency=act.plan.currency)
    return amount


def refuse_if_nothing(claim: Claim, decided: Decided, given: Money | None) -> None:
    """Raise Refused("nothing_to_grant") where the policy says no and no amount is named."""
    if _said_no(claim, decided) and given is None:
        raise Refused("nothing_to_grant")


def _said_no(claim: Claim, decided: Decided) -> bool:
    return bool(claim.answer["refuses"]) or not decided.answer.known


def _refuse_if_unfounded(claim: Claim, decided: Decided, given: Money | None, reason: str) -> None:
    """Refuse more than the policy's answer, and what a rule marked, without a reason."""
    answered = worth(decided)
    more = given is not None and (answered is None or given.minor > answered.minor)
    if (more or _said_no(claim, decided) or claim.answer.get("waits")) and not reason.strip():
        raise Refused("needs_reason")


def _refuse_if_beyond(act: Act, person: Person, claim: Claim, given: Money | None) -> None:
    """Refuse what is beyond the person's level."""
    if person.level not in act.plan.levels():
        raise Refused("not_allowed")
    found = authority(claim, person.level, given, act.plan)
    if not found.allowed:
        raise AuthorityExceeded(person.level, found, act.plan)
