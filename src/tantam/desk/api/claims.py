"""Claims and requests for approval, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import Http404
from django.utils.translation import get_language
from ninja import Query, Schema, Status
from pydantic import Field

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.api.amounts import amount_of
from tantam.desk.api.moves import act
from tantam.desk.api.room import Room
from tantam.desk.api.schemas import AnswerOut, FactText
from tantam.desk.api.shown import Name, name_of
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Id, PageAsked, Told, Word, first, numbered, paged
from tantam.desk.cases.access import all_seen, case_for
from tantam.desk.cases.models import Case
from tantam.desk.claims import actions
from tantam.desk.claims.access import approval_for, approvals_for, claim_for, waiting_for
from tantam.desk.claims.actions.answer_for import answer_for
from tantam.desk.claims.models import Approval, Claim
from tantam.desk.common.money import Money
from tantam.desk.plans import RunningPlan, Standing, UnknownName
from tantam.desk.plans.answers import shown, stored

room = Room("claims", "read:cases", "write:cases")
router = room.router


class ClaimShown(Schema):
    """What a customer asks for under a policy, and what the plan answered. facts: {term: {value, standing}}."""

    id: str
    case: str
    policy: str
    state: str
    outcome: str
    conditional: bool
    facts: dict[str, Any]
    clause: str
    decided_at: datetime
    answer: AnswerOut | None


class ApprovalShown(Schema):
    """Somebody asks for what is beyond their authority. amount, given: as the plan writes money; "" for none."""

    id: str
    claim: str
    case: str
    state: str
    level: str
    kind: str
    amount: str
    given: str
    reason: str
    note: str
    clause: str
    asked_by: Name
    asked_at: datetime
    due: datetime
    expires_at: datetime
    decided_by: Name | None
    decided_at: datetime | None


class ApprovalPage(Schema):
    """A page of requests for approval."""

    items: list[ApprovalShown]
    next: str


class ApprovalsAsked(PageAsked):
    """Which requests: those that wait for you, that you made, that you decided, or all that you may see."""

    which: Literal["waiting", "asked", "decided", "all"] = "waiting"


class PolicyAsked(Told):
    """A policy, and what is known, as the plan writes it."""

    policy: Word
    facts: dict[str, FactText] = Field(default_factory=dict, max_length=100)


class Granted(Told):
    """How much, as people write it; empty takes what the plan grants. reason: where it departs from the plan."""

    amount: str = Field("", max_length=40)
    reason: str = Field("", max_length=2000)


class RefusedWith(Told):
    """Why; the customer reads it."""

    reason: str = Field(min_length=1, max_length=2000)


class Chosen(Told):
    """outcome: one of those that may be chosen instead now."""

    outcome: Word


class Proved(Told):
    """Facts that somebody looked at, as the plan writes them."""

    facts: dict[str, FactText] = Field(min_length=1, max_length=100)


class ApprovalAsked(Told):
    """What is asked for, and why, for the one who decides."""

    amount: str = Field("", max_length=40)
    reason: str = Field(min_length=1, max_length=2000)


class Decided(Told):
    """approve, change (to a smaller amount), or refuse (with a note)."""

    verdict: Literal["approve", "change", "refuse"]
    amount: str = Field("", max_length=40)
    note: str = Field("", max_length=2000)


@room.get("/cases/{case}/claims", list[ClaimShown])
def list_claims(request: Asking, case: CaseRef) -> list[ClaimShown]:
    """List the claims of a case."""
    found = case_for(request.person, case)
    return [_claim(each) for each in Claim.objects.filter(case__in=all_seen(request.person, found)).order_by("id")]


@room.post("/answers", AnswerOut)
def ask_policy(request: Asking, told: PolicyAsked) -> AnswerOut:
    """Ask what a policy answers, for nobody's case. Nothing is kept."""
    plan = plans.in_force()
    if told.policy not in plan.policies():
        raise UnknownName("policy", told.policy, plan.policies())
    answer = answer_for(told.policy, plan.read(told.facts, Standing.TOLD), plan=plan)
    return _answer(stored(answer, plan), plan)


@room.move("/cases/{case}/claims/{claim}/grant", ClaimShown)
def grant_claim(request: Asking, case: CaseRef, claim: Id, told: Granted) -> ClaimShown:
    """Grant a claim within your authority. The customer is told."""
    amount = amount_of(told.amount)
    return _on(request, case, claim, lambda one, by: actions.grant(one, by, amount=amount, reason=told.reason))


@room.move("/cases/{case}/claims/{claim}/refuse", ClaimShown)
def refuse_claim(request: Asking, case: CaseRef, claim: Id, told: RefusedWith) -> ClaimShown:
    """Refuse a claim with a reason that the customer reads."""
    return _on(request, case, claim, lambda one, by: actions.refuse(one, by, told.reason))


@room.move("/cases/{case}/claims/{claim}/choose", ClaimShown)
def choose_for_customer(request: Asking, case: CaseRef, claim: Id, told: Chosen) -> ClaimShown:
    """Note that the customer chose another of what was granted, before it is carried out. They are told."""
    return _on(request, case, claim, lambda one, by: actions.choose_for(one, told.outcome, by))


@room.move("/cases/{case}/claims/{claim}/prove", ClaimShown)
def prove_claim(request: Asking, case: CaseRef, claim: Id, told: Proved) -> ClaimShown:
    """Say that what was told was looked at. The claim is answered again."""

    def prove(one: Claim, by: Person) -> Claim:
        facts = plans.version(one.plan_version_id).read(told.facts, Standing.VERIFIED)
        return actions.prove(one, facts, person=by)

    return _on(request, case, claim, prove)


@room.move("/cases/{case}/claims/{claim}/approvals", ApprovalShown, 201)
def ask_for_approval(request: Asking, case: CaseRef, claim: Id, told: ApprovalAsked) -> Status[ApprovalShown]:
    """Ask who may for what is beyond your authority."""
    amount = amount_of(told.amount)
    made: list[Approval] = []

    def ask(held: Case, by: Person) -> None:
        made.append(actions.ask_approval(_claim_of(held, by, claim), by, told.reason, amount=amount))

    act(request, case, ask)
    return Status(201, _approval(made[0]))


@room.get("/approvals", ApprovalPage)
def list_approvals(request: Asking, asked: Query[ApprovalsAsked]) -> dict[str, Any]:
    """List requests for approval, the newest first. A page at a time."""
    person, before = request.person, numbered(asked)
    found = approvals_for(person)
    match asked.which:
        case "waiting":
            found = waiting_for(person, plans.in_force())
        case "asked":
            found = found.filter(asked_by=person)
        case "decided":
            found = found.filter(decided_by=person)
    found = found.filter(pk__lt=before) if before else found
    related = found.select_related("asked_by", "decided_by").order_by("-id")
    rows, more = first(list(related[: asked.limit + 1]), asked.limit)
    return paged(request, [_approval(each) for each in rows], str(rows[-1].pk) if more else "")


@room.get("/approvals/{approval}", ApprovalShown)
def read_approval(request: Asking, approval: Id) -> ApprovalShown:
    """Read one request for approval."""
    return _approval(approval_for(request.person, approval))


@room.post("/approvals/{approval}/decide", ApprovalShown)
def decide_approval(request: Asking, approval: Id, told: Decided) -> ApprovalShown:
    """Approve, approve less, or refuse. What is approved is granted at once."""
    found = approval_for(request.person, approval)
    amount = amount_of(told.amount) if told.verdict == "change" else None
    return _approval(actions.decide_approval(found, request.person, told.verdict, amount=amount, note=told.note))


@room.post("/approvals/{approval}/withdraw", ApprovalShown)
def withdraw_approval(request: Asking, approval: Id) -> ApprovalShown:
    """Ask for it no longer."""
    return _approval(actions.withdraw_approval(approval_for(request.person, approval), request.person))


def _on(request: Asking, case: str, pk: int, do: Any) -> ClaimShown:
    act(request, case, lambda held, by: do(_claim_of(held, by, pk), by))
    return _claim(claim_for(request.person, pk))


def _claim_of(case: Case, person: Person, pk: int) -> Claim:
    found = claim_for(person, pk)
    if found.case_id not in {each.pk for each in all_seen(person, case)}:
        raise Http404
    return found


def _claim(claim: Claim) -> ClaimShown:
    plan = plans.version(claim.plan_version_id)
    same = ("policy", "state", "outcome", "conditional", "facts", "clause", "decided_at")
    return ClaimShown(
        id=str(claim.pk),
        case=str(claim.case_id),
        answer=_answer(claim.answer, plan) if claim.answer else None,
        **{each: getattr(claim, each) for each in same},
    )


def _answer(kept: dict[str, Any], plan: RunningPlan) -> AnswerOut:
    words = shown(kept, get_language() or plan.languages[0], plan=plan)
    return AnswerOut.of(words)


def _approval(approval: Approval) -> ApprovalShown:
    same = ("state", "level", "kind", "reason", "note", "clause", "asked_at", "expires_at", "decided_at")
    asked_by = name_of(approval.asked_by)
    assert asked_by is not None
    return ApprovalShown(
        id=str(approval.pk),
        claim=str(approval.claim_id),
        case=str(approval.case_id),
        amount=_money(approval.amount_minor, approval.currency),
        given=_money(approval.given_minor, approval.currency),
        asked_by=asked_by,
        decided_by=name_of(approval.decided_by),
        due=approval.due_at,
        **{each: getattr(approval, each) for each in same},
    )


def _money(minor: int | None, currency: str) -> str:
    return Money(minor, currency).text() if minor is not None else ""
