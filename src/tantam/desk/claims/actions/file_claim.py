"""File a claim: open its case, ask the policy, keep the answer, and grant at once what the plan grants itself."""

from __future__ import annotations

from tantam.desk.cases.concern import Concern
from tantam.desk.claims.models import Claim


def file_claim(concern: Concern, *, policy: str) -> Claim:
    """Return the claim with its answer; for a submission that already filed one, that claim.

    concern.facts: what the customer told. Raises NoPlan, UnknownName, BadFact, Refused.
    """
    raise NotImplementedError
