"""What a customer may say to the answer that their case got, and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.cases.ledger import PromiseChip, chip
from tantam.desk.cases.models import Case
from tantam.desk.claims import stances
from tantam.desk.claims.choosing import shown_choices
from tantam.desk.claims.models import Claim, Stance
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.answers import ShownChoice


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. number: of the event that decided; granted: a yes.

    higher: who decides next by the plan if it is disputed, as customers read it, "" where nobody stands above.
    choices: what they may choose instead now; chosen: whether they chose what stands.
    stance: what they said to it, or None; reversible: whether they may take it back; answer: what is owed to them for
    disputing it.
    """

    number: int
    granted: bool
    higher: str = ""
    choices: tuple[ShownChoice, ...] = ()
    chosen: bool = False
    stance: Stance | None = None
    reversible: bool = False
    answer: PromiseChip | None = None

    @property
    def accepted(self) -> bool:
        """Whether they accepted it."""
        return self.stance is not None and self.stance.kind == Stance.Kind.ACCEPTED

    @property
    def disputed(self) -> bool:
        """Whether they disputed it."""
        return self.stance is not None and self.stance.kind == Stance.Kind.DISPUTED


def decision_on(claim: Claim, case: Case, plan: RunningPlan, lang: str) -> Decision | None:
    """Return the decision that stands, None while there is none. case: that of the page."""
    number = stances.decision_of(claim)
    if number is None:
        return None
    above = plan.next_level(case.level, "asked")
    granted, higher = claim.state == Claim.State.GRANTED, plan.level_label(above, lang) if above else ""
    choices, chosen = shown_choices(claim, plan, lang), bool(claim.answer.get("chosen_over"))
    stance = stances.stance_on(claim, number)
    if stance is None:
        return Decision(number, granted, higher, choices, chosen)
    owed = stance.promise
    return Decision(
        number,
        granted,
        higher,
        choices,
        chosen,
        stance,
        reversible=not stances.is_acted_on(stance),
        answer=chip(owed, clock.now()) if owed else None,
    )
