"""What is known where a run asks: the case's facts, what its claims learned, and what they decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property

from tantam.desk import plans
from tantam.desk.cases.facts import known_of, readable
from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Claim
from tantam.desk.plans import Fact, RunningPlan, Standing
from tantam.desk.plans.procedures import Decided, Walker, decided, walker
from tantam.desk.procedures.models import Run

REFUSED = "decline"
ENDED = (Claim.State.GRANTED, Claim.State.REFUSED)


class Known:
    """What is known of a case, read when it is first asked for. claims: read already, None if not."""

    def __init__(self, case: Case, plan: RunningPlan, now: datetime, claims: Sequence[Claim] | None = None) -> None:
        self._case, self._plan, self._now, self._given = case, plan, now, claims

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """The case's claims, oldest first."""
        if self._given is not None:
            return self._given
        return sorted(self._case.claims.all(), key=lambda each: each.pk)

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return known_with_claims(self._case, self.claims, self._plan, self._now)

    def facts(self) -> dict[str, Fact]:
        """Return {term: Fact}."""
        return self._facts

    def settled(self, policy: str) -> Decided | None:
        """Return how a policy was decided on the case: by the newest of its claims that is; None if by none."""
        ended = [each for each in self.claims if each.policy == policy and each.state in ENDED]
        if not ended:
            return None
        claim = ended[-1]
        given = claim.state == Claim.State.GRANTED or claim.answer.get("refuses")
        return decided(plans.version(claim.plan_version_id), claim.outcome if given else REFUSED, claim.answer)


def walker_of(run: Run, case: Case, now: datetime, claims: Sequence[Claim] | None = None) -> Walker:
    """Return what walks this run. Raises UnknownName for a procedure that its version does not have."""
    plan = plans.version(run.plan_version_id)
    known = Known(case, plan, now, claims)
    return walker(plan, run.procedure, now, known.facts, settled=known.settled)


def known_with_claims(case: Case, claims: Iterable[Claim], plan: RunningPlan, now: datetime) -> dict[str, Fact]:
    """Return {term: Fact} of all that is known of the case; what a claim verified counts before what was told."""
    found = known_of(case, plan, now)
    for claim in claims:
        for term, kept in plan.known(claim.facts).items():
            standing = Standing(kept["standing"])
            if term not in found or standing is Standing.VERIFIED:
                found |= readable(plan, term, kept["value"], standing, now)
    return found
