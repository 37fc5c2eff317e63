"""What a plan answers to what was claimed in a past case, by the facts of its opening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tantam.plan.errors import BadFact
from tantam.plan.run.answers import Answer
from tantam.plan.run.decide import decide, taken
from tantam.plan.sections import Plan
from tantam.plan.tables.values import Amount
from tantam.plan.whatif.known import HEAD
from tantam.plan.whatif.past_case import Claim, PastCase

LIMIT = "at_most"  # the output that bounds what a person may give, and gives nothing itself


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a plan answers to one claim. minor: in whole minor units of the plan's currency; 0 where it gives no money,
    None where a person decides how much. lacking: the term that history lacks and that decides; "" else, and then
    only outcome, clause and minor mean something."""

    policy: str
    outcome: str
    clause: str = ""
    minor: int | None = 0
    lacking: str = ""


class Rulings:
    """Answers the claims of past cases by one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._given = [name for name, clause in plan.terms.items() if not clause.computed and not clause.builtin]
        self._from_head = [
            (name, HEAD[field])
            for name in self._given
            for room, _, field in [(plan.terms[name].source or plan.terms[name].since).partition(".")]
            if room == "case" and field in HEAD
        ]

    def of(self, past: PastCase) -> tuple[Ruled, ...]:
        """Return the answer to each claim whose policy the plan has, in the order of `past.claims`."""
        if not past.claims:
            return ()
        facts = self._facts(past)
        return tuple(self._ruled(past, claim, facts) for claim in past.claims)

    def _facts(self, past: PastCase) -> dict[str, Any]:
        head = {name: text for name, of in self._from_head if (text := of(past))}
        known = {**head, **past.told, **past.recorded}
        return {name: known[name] for name in self._given if name in known}

    def _ruled(self, past: PastCase, claim: Claim, facts: Mapping[str, Any]) -> Ruled:
        if claim.policy not in self.plan.policies:
            return Ruled(claim.policy, "none")
        answer = taken(self._answer(claim, dict(facts)), claim.outcome)  # what they chose then, they choose again
        if answer.outcome == "ask" and answer.ask and answer.ask not in past.asked:
            return Ruled(claim.policy, "", answer.because.clause, None, answer.ask)
        return Ruled(claim.policy, answer.outcome, answer.because.clause, _minor(self.plan, answer))

    def _answer(self, claim: Claim, facts: dict[str, Any]) -> Answer:
        """Return the answer without the facts that the plan does not admit."""
        while True:
            try:
                return decide(self.plan, claim.policy, facts, now=claim.decided)
            except BadFact as bad:
                del facts[bad.term]


def _minor(plan: Plan, answer: Answer) -> int | None:
    """Return the money that the customer gets, below 0 what they pay; an output with signs is written the other way."""
    for name, value in answer.outputs.items():
        if isinstance(value, Amount) and name != LIMIT:
            clause = plan.outputs.get(name)
            return -value.minor if clause is not None and clause.signs else value.minor
    return None if LIMIT in answer.outputs else 0
