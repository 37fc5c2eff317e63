"""The tool by which a customer takes another of what was granted."""

from __future__ import annotations

from pydantic import Field

from tantam.desk.api.body import Told
from tantam.desk.api.mcp.calling import Calling, acting
from tantam.desk.api.mcp.following import CASE, ClaimStands, claim_stands
from tantam.desk.cases import joined
from tantam.desk.cases.models import Case
from tantam.desk.claims import actions, stances
from tantam.desk.claims.choosing import open_choices
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.fields import MOST_PLAN_NAME


class ChoiceSaid(Told):
    """What the customer chose."""

    case: str = Field(max_length=200, description=CASE)
    outcome: str = Field(
        max_length=MOST_PLAN_NAME, description="One of the claim's choices, as follow_case names them."
    )


@acting("Choose among what is granted")
def choose(calling: Calling, asked: ChoiceSaid) -> ClaimStands:
    """Note that the customer chooses another of what their claim was granted. It counts as said by them, so it needs
    their proof: the private link of the case, or a token that belongs to them. Ask them before, with what each choice
    means and by when; never choose for them. It can be changed until it is carried out.
    """
    reached = calling.reach(asked.case)
    if not reached.proved:
        raise Refused("needs_proof")
    claim = _granted(reached.case, asked.outcome, calling)
    return claim_stands(actions.choose(claim, asked.outcome, stances.decision_of(claim) or 0), calling.lang)


def _granted(case: Case, outcome: str, calling: Calling) -> Claim:
    """Return the newest claim of the case that lets them choose that, or has it already. Raises Refused."""
    theirs = Claim.objects.filter(case__in=joined.same_customer(case), state=Claim.State.GRANTED)
    for each in theirs.select_related("case__customer").order_by("-id"):
        if each.outcome == outcome or outcome in open_choices(each, calling.plan):
            return each
    raise Refused("choice_over")
