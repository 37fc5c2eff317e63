"""The tools by which an assistant works for the company: it writes to the customer, and grants within its level."""

from __future__ import annotations

from django.http import Http404
from pydantic import Field

from tantam.desk.api.amounts import amount_of
from tantam.desk.api.body import Told
from tantam.desk.api.mcp.calling import Answer, Calling, acting
from tantam.desk.api.mcp.following import CASE, ClaimStands, claim_stands, ours
from tantam.desk.assistants.actions import propose
from tantam.desk.assistants.models import Proposal
from tantam.desk.assistants.whom import scope
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on
from tantam.desk.cases.drafts import Mode
from tantam.desk.cases.models import Actor
from tantam.desk.claims import actions
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused

MOST_DIGITS = 19


class ReplyAsked(Told):
    """What to write."""

    case: str = Field(max_length=200, description=CASE)
    words: str = Field(
        min_length=1,
        max_length=said.MOST_CHARACTERS,
        description="The answer alone, in the case's language: greeting, link and closing are added.",
    )
    asks: bool = Field(False, description="It asks the customer for something: their answer is waited for.")


class Replied(Answer):
    """state: waiting (a person reads it first) or sent. clause: of the plan, that says so."""

    case: str
    state: str
    draft: str
    clause: str


class GrantAsked(Told):
    """What is to be granted."""

    case: str = Field(max_length=200, description=CASE)
    claim: str = Field(max_length=20, description="The claim's id, from follow_case.")
    amount: str = Field("", max_length=40, description="As people write it; empty takes what the plan grants.")
    reason: str = Field("", max_length=2000, description="Why, where it departs from the plan's answer.")


@acting("Write to the customer")
def draft_reply(calling: Calling, asked: ReplyAsked) -> Replied:
    """Write to the customer of a case that you work on for the company. Where the plan wants a person's approval, it
    waits as a draft until a colleague sends, changes or throws it away; a new one takes its place. Promise nothing that
    decide or follow_case did not say.
    """
    case = ours(calling, asked.case)
    made = propose(case, calling.assistant, asked.words, mode=Mode.ASK if asked.asks else Mode.REPLY)
    waits = isinstance(made, Proposal)
    return Replied(
        case=case.reference,
        state="waiting" if waits else "sent",
        draft=str(made.pk) if waits else "",
        clause=scope(calling.assistant, calling.plan).clause,
    )


@acting("Grant a claim")
def grant(calling: Calling, asked: GrantAsked) -> ClaimStands:
    """Grant a claim within the authority that the plan gives your level, where the plan leaves you free; the customer
    is told. Whatever is beyond it is refused, with the clause and who could: then call hand_over.
    """
    person = calling.assistant.person
    case = act_on(ours(calling, asked.case), Actor.PERSON, person).case  # the lock first: who has it now, has it
    claim = _claim(asked.claim, case.pk)
    if not scope(calling.assistant, calling.plan).free or case.owner_id is not None:
        raise Refused("needs_person")
    if not case.is_under_way:
        raise Refused("already_resolved")
    granted = actions.grant(claim, person, amount=amount_of(asked.amount), reason=asked.reason)
    return claim_stands(granted, calling.lang)


def _claim(named: str, case: int) -> Claim:
    digits = named.isascii() and named.isdigit() and len(named) <= MOST_DIGITS
    found = Claim.objects.select_related("case").filter(case=case, pk=int(named)).first() if digits else None
    if found is None:
        raise Http404
    return found
