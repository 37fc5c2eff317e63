"""What a customer's choice does to a procedure: it stands at its decision again, and goes on by what was chosen."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tantam.desk.claims.choosing import closes_choice
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock
from tantam.desk.plans import UnknownName
from tantam.desk.plans.procedures import How, Token, Walker
from tantam.desk.procedures.knowing import walker_of
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import moving
from tantam.desk.procedures.standing import gone_of, standing_of, token_of


@closes_choice
def is_carried_out(claim: Claim) -> bool:
    """Whether somebody did a step since the procedure went by what was granted."""
    run = claim.case.runs.order_by("-id").first()
    if run is None:
        return False
    try:
        place = _decision(run, walker_of(run, claim.case, clock.now()), claim.policy)
    except UnknownName:
        return False
    return place is not None and any(gone_of(each).how is How.DONE for each in run.taken[place + 1 :])


@hears("chosen")
def go_by_choice(act: Act, event: CaseEvent) -> None:
    """Stand again before the decision, and go on by what was chosen; a run that had not come to it goes on as it is."""
    run = act.case.runs.exclude(state=Run.State.LEFT).order_by("-id").first()
    if run is None:
        return
    goes = moving(act, run)
    place = _decision(run, goes.walker, event.args["policy"])
    if place is not None:
        goes.stand_again(_stood(run, place), run.taken[:place])
        goes.move_if_any(goes.walker.tick(standing_of(run)))


def _stood(run: Run, place: int) -> list[Token]:
    """Return the steps that were open as that one of those gone through began: itself, and those beside it."""
    began = next((n for n in range(place, -1, -1) if "before" in run.taken[n]), place)
    gone = {each["number"] for each in run.taken[began : place + 1]}
    beside = [token_of(each) for each in run.taken[began].get("before", ()) if each["number"] not in gone]
    return [*beside, gone_of(run.taken[place]).token]


def _decision(run: Run, walker: Walker, policy: str) -> int | None:
    """Return where among the steps gone through the policy was decided last; None where it was not yet."""
    found = [n for n, each in enumerate(run.taken) if walker.decides(gone_of(each).token) == policy]
    return found[-1] if found else None
