"""Refuse a claim, with a reason that the customer reads."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.claims.models import Claim


def refuse(claim: Claim, person: Person, reason: str, *, seen: int | None = None) -> Claim:
    """Return the claim, refused; the customer is told.

    Raises Refused: claim_closed, changed_meanwhile, needs_reason, too_long, not_allowed.
    """
    raise NotImplementedError
