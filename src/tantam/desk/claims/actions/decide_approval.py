"""Decide what a colleague asked to be approved: approve it, approve less, or refuse it."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.models import Actor
from tantam.desk.claims.actions.grant import carry_out_by_person, readable, refuse_if_closed
from tantam.desk.claims.approvals import State, asked_amount, decides_as
from tantam.desk.claims.deciding import again
from tantam.desk.claims.giving import Gift
from tantam.desk.claims.models import Approval, Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money

Verdict = Literal["approve", "change", "refuse"]


def decide_approval(
    approval: Approval, person: Person, verdict: Verdict, *, amount: Money | None = None, note: str = ""
) -> Approval:
    """Return the request, decided; what is approved is granted at once by this person, and the customer is told.

    amount: of `change`, less than what was asked. note: for who asked; a refusal needs one. Of two at once the first
    decides, and the second is told so. Raises Refused: approval_decided, approval_ended, own_approval, beyond_you,
    not_less, bad_amount, asks_why, claim_closed, is_merged, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(approval.case, Actor.PERSON, person)
        approval = Approval.objects.select_related("claim", "decided_by", "asked_by").get(pk=approval.pk)
        _refuse_if_ended(act, approval)
        refuse_if_merged(act)
        given = _amount(act, approval, verdict, amount)
        level = decides_as(approval, person, act.plan, given)
        if level is None:
            raise Refused("own_approval" if approval.asked_by_id == person.pk else "beyond_you")
        if verdict == "refuse" and not note.strip():
            raise Refused("asks_why")
        approval.note = said.clean(note) if note.strip() else ""
        _settle(act, approval, verdict, given)
        if verdict != "refuse":
            _grant(act, approval, Gift(given, approval.reason, level))
        return approval


def _refuse_if_ended(act: Act, approval: Approval) -> None:
    if approval.decided_by is not None:
        raise Refused("approval_decided", who=approval.decided_by.name)
    if approval.state != State.WAITING or act.now >= approval.expires_at:
        raise Refused("approval_ended")


def _amount(act: Act, approval: Approval, verdict: Verdict, amount: Money | None) -> Money | None:
    """Return what is decided upon: what was asked, or the smaller amount of a change."""
    asked = asked_amount(approval)
    if verdict != "change":
        return asked
    changed = readable(amount, act)
    if changed is None or not changed.minor:  # who gives nothing refuses, and says why
        raise Refused("bad_amount", currency=act.plan.currency)
    if asked is None or changed.minor >= asked.minor:
        raise Refused("not_less")
    return changed


def _settle(act: Act, approval: Approval, verdict: Verdict, given: Money | None) -> None:
    """Keep the decision, with its event, before anything comes of it."""
    state = {"approve": State.APPROVED, "change": State.CHANGED, "refuse": State.REFUSED}[verdict]
    approval.state, approval.decided_by, approval.decided_at = state, act.person, act.now
    approval.given_minor = given.minor if given and verdict != "refuse" else None
    approval.save(update_fields=["state", "decided_by", "decided_at", "given_minor", "note"])
    act.append(
        "approval_refused" if verdict == "refuse" else "approval_given",
        clause=approval.clause,
        approval=approval.pk,
        claim=approval.claim_id,
        asked_by=approval.asked_by_id,
        verdict=str(state),
        minor=approval.given_minor,
        currency=approval.currency,
    )


def _grant(act: Act, approval: Approval, gift: Gift) -> None:
    claim = Claim.objects.get(pk=approval.claim_id)
    refuse_if_closed(claim)
    carry_out_by_person(act, claim, again(claim, {}, claim.decided_at), gift)
