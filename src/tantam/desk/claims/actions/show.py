"""Let what a customer told stand as shown, by what they sent for it; the plan is asked again."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from tantam.desk.cases import joined, outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Actor, Message
from tantam.desk.cases.owing_answers import owe_an_answer
from tantam.desk.cases.said import first_of
from tantam.desk.claims import evidence
from tantam.desk.claims.late import ask_anew
from tantam.desk.claims.letters import looking_letter
from tantam.desk.claims.models import Claim
from tantam.desk.claims.turning import turn


def show(message: Message) -> None:
    """Ask anew for each open claim of the message's case that waits for a photo or paper. Shown twice, it is once.

    Where the plan demands no more than to be shown something, it decides by itself. Else a person looks: an answer is
    owed, and the customer reads by when. message: the customer's, with files.
    """
    with transaction.atomic():
        act = joined.act_on_target(message.case, Actor.CUSTOMER)
        cases = [each.pk for each in joined.same_customer(message.case)]
        open_still = Claim.objects.filter(case__in=cases, state=Claim.State.OPEN, conditional=True)
        for claim in open_still.order_by("id"):
            show_of(act.on(claim.case_id), claim, message)


def show_of(act: Act, claim: Claim, message: Message) -> None:
    """Let one claim's facts stand as shown by the message, within the act of its customer."""
    facts = evidence.shown_by(claim)
    if not facts:
        return
    act.append("shown", claim=claim.pk, policy=claim.policy, terms=sorted(facts), message=message.pk)
    by_plan = replace(act, actor=Actor.PLAN, person=None)
    turn(by_plan, claim, ask_anew(claim, facts, claim.decided_at))
    if evidence.waiting(claim):
        owe_an_answer(by_plan)
        if first_of(act.case) != message:  # who sent it with their claim reads it in the answer
            outbox.post(by_plan, looking_letter(claim, by_plan))
