"""Who reaches which claim: whoever reaches its case."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.cases.access import cases_for
from tantam.desk.claims.models import Claim


def claims_for(person: object) -> QuerySet[Claim]:
    """Return the claims this person may see."""
    return Claim.objects.filter(case__in=cases_for(person))


def claim_for(person: object, pk: int | str) -> Claim:
    """Return one claim with its case and customer. Raises Http404."""
    found = claims_for(person).select_related("case__customer", "case__purchase__product").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
