"""Who reaches which claim: whoever reaches its case."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.cases.access import cases_for
from tantam.desk.claims.models import Approval, Claim


def claims_for(person: object) -> QuerySet[Claim]:
    """Return the claims this person may see."""
    return Claim.objects.filter(case__in=cases_for(person))


def claim_for(person: object, pk: int | str) -> Claim:
    """Return one claim with its case and customer. Raises Http404."""
    found = claims_for(person).select_related("case__customer", "case__purchase__product").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


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
