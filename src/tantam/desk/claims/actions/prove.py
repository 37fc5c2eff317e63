"""Verify what a customer told: the claim is answered again with facts that now stand."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.desk.accounts.models import Person
from tantam.desk.claims.models import Claim
from tantam.desk.plans import Fact


def prove(claim: Claim, facts: Mapping[str, Fact], *, person: Person) -> Claim:
    """Return the claim with its new answer; granted if the plan now grants it itself.

    facts: {term: Fact}; each becomes verified. Raises BadFact, Refused: claim_closed, not_allowed.
    """
    raise NotImplementedError
