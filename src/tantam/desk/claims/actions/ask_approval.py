"""Ask the level that may for what is beyond one's own authority."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.claims.models import Approval, Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money


def ask_approval(
    claim: Claim, person: Person, reason: str, *, amount: Money | None = None, seen: int | None = None
) -> Approval:
    """Return the request, addressed to the lowest level that may.

    amount: what is asked for, None for what the policy answered. Raises Refused.
    """
    raise Refused("not_allowed")
