"""Grant what a claim asks for, within one's authority."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.claims.models import Claim
from tantam.desk.common.money import Money


def grant(
    claim: Claim, person: Person, *, amount: Money | None = None, reason: str = "", seen: int | None = None
) -> Claim:
    """Return the claim, granted, with a promise to carry it out where the plan names a time.

    amount: what is granted, None for what the policy answered. seen: the last event id that the person has read.
    Raises AuthorityExceeded; Refused: claim_closed, changed_meanwhile, not_allowed, and needs_reason where it is
    more than the policy answered.
    """
    raise NotImplementedError
