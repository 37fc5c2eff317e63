"""Ask the level that may for what is beyond one's own authority."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Actor
from tantam.desk.claims.actions.grant import readable, refuse_if_closed, refuse_if_nothing
from tantam.desk.claims.approvals import END, LASTS, State, address
from tantam.desk.claims.authority import Authority, authority
from tantam.desk.claims.deciding import again
from tantam.desk.claims.giving import worth
from tantam.desk.claims.models import Approval, Claim
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money


def ask_approval(
    claim: Claim, person: Person, reason: str, *, amount: Money | None = None, seen: int | None = None
) -> Approval:
    """Return the request, addressed to the lowest level that may; people of it who are on duty are asked at once.

    amount: what is asked for, None for what the policy answered. reason: for whoever decides. What is promised to the
    customer runs on meanwhile. Raises Refused: asks_why, claim_closed, nothing_to_grant, bad_amount, not_beyond,
    nobody_may, asked_already, changed_meanwhile, already_resolved, too_long, not_allowed.
    """
    if not reason.strip():
        raise Refused("asks_why")
    with transaction.atomic():
        act = act_on(claim.case, Actor.PERSON, person)
        refuse_if_resolved(act)
        claim = Claim.objects.get(pk=claim.pk)
        refuse_if_closed(claim)
        refuse_if_changed(act, seen)
        decided = again(claim, {}, claim.decided_at)
        asked = readable(amount, act) or worth(decided)
        refuse_if_nothing(claim, decided, asked)
        found = authority(claim, person.level, asked, act.plan)
        _refuse_if_needless(claim, found)
        approval = _written(act, claim, asked, found)
        approval.reason = said.clean(reason)
        approval.save(force_insert=True)
        _tell(act, approval, claim)
        own_if_free(act)
        address(act, approval, found.who_may)
        work.due(END, f"{END}:{approval.pk}", {"approval": approval.pk}, approval.expires_at)
        return approval


def _refuse_if_needless(claim: Claim, found: Authority) -> None:
    if found.allowed:
        raise Refused("not_beyond")
    if not found.who_may:
        raise Refused("nobody_may")
    if claim.approvals.filter(state=State.WAITING).exists():
        raise Refused("asked_already")


def _written(act: Act, claim: Claim, asked: Money | None, found: Authority) -> Approval:
    return Approval(
        claim=claim,
        case=act.case,
        level=found.who_may[0],
        kind=found.kind,
        amount_minor=asked.minor if asked else None,
        currency=asked.currency if asked else "",
        clause=claim.clause,
        plan_version=act.plan.row,
        asked_by=act.person,
        asked_at=act.now,
        due_at=act.now,
        expires_at=act.now + LASTS,
    )


def _tell(act: Act, approval: Approval, claim: Claim) -> None:
    mine = act.person.level if act.person else ""
    act.append(
        "approval_asked",
        clause=f"levels.{mine}.authority.{approval.kind}" if mine else "",
        approval=approval.pk,
        claim=claim.pk,
        policy=claim.policy,
        outcome=claim.outcome,
        level=approval.level,
        minor=approval.amount_minor,
        currency=approval.currency,
    )
