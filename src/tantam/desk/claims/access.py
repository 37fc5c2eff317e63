"""Who reaches which claim: whoever reaches its case."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.claims.approvals import levels_of, waiting
from tantam.desk.claims.models import Approval, Claim, Grant
from tantam.desk.claims.tickets import holder
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan


def claims_for(person: object) -> QuerySet[Claim]:
    """Return the claims this person may see."""
    return Claim.objects.filter(case__in=cases_for(person))


def claim_for(person: object, pk: int | str) -> Claim:
    """Return one claim with its case and customer. Raises Http404."""
    found = claims_for(person).select_related("case__customer", "case__purchase__product").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def grants_for(person: object) -> QuerySet[Grant]:
    """Return what was granted in the cases that this person may see."""
    return Grant.objects.filter(case__in=cases_for(person))


def approvals_for(person: object) -> QuerySet[Approval]:
    """Return the requests for approval this person may see: those of the cases that they see."""
    return Approval.objects.filter(case__in=cases_for(person))


def approval_for(person: object, pk: int | str) -> Approval:
    """Return one request with its case, claim and people. Raises Http404."""
    related = ("case__customer", "case__owner", "claim", "asked_by", "decided_by")
    found = approvals_for(person).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def approval_by_ticket(written: str) -> tuple[Approval, Person]:
    """Return the request that this ticket is for, and whose it is, if they still work here. Raises Http404."""
    try:
        approval, person = holder(written)
    except Refused as wrong:
        raise Http404 from wrong
    known = Person.objects.filter(pk=person).first()
    if known is None or not works_here(known):
        raise Http404
    return approval_for(known, approval), known


def waiting_for(person: Person, plan: RunningPlan) -> QuerySet[Approval]:
    """Return the requests that wait for this person's decision, what is needed first; never their own."""
    theirs = approvals_for(person).filter(waiting(plan, levels_of(person))).exclude(asked_by=person)
    return theirs.order_by("due_at", "id")
