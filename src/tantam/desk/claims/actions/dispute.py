"""The customer disputes the decision of their claim: the case goes up by the plan, and an answer is owed."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import joined, said
from tantam.desk.cases.actions.ask_higher import unanswered
from tantam.desk.cases.actions.escalate import go_up
from tantam.desk.cases.actions.receive import receive
from tantam.desk.cases.models import Actor
from tantam.desk.cases.owing_answers import owe_an_answer
from tantam.desk.claims.models import Claim, Stance
from tantam.desk.claims.stances import refuse_unless_open, stance_on
from tantam.desk.plans import ways


def dispute(claim: Claim, decision: int, reason: str) -> Stance:
    """Return the customer's word that they dispute it. decision: what they read (`stances.decision_of`).

    Their reason is heard as their message, which opens a settled case again. The case goes to the level that the plan
    names for who asks (`escalates_to`), and a first answer is owed anew where none is. Disputed twice is once.
    Raises Refused: needs_reason, too_long, decided_anew, said_already.
    """
    words = said.clean(said.why(reason))
    with transaction.atomic():
        plan = joined.act_on_target(claim.case, Actor.CUSTOMER).plan  # the lock first: what is read now stays
        claim = Claim.objects.select_related("case").get(pk=claim.pk)
        before = stance_on(claim, decision)
        if before is not None and before.kind == Stance.Kind.DISPUTED:
            return before
        refuse_unless_open(claim, decision)
        message = receive(claim.case, words, channel=ways.way_in(plan, ways.WEB))
        act = joined.act_on_target(claim.case, Actor.CUSTOMER)
        owed = owe_an_answer(act)
        level = act.case.level
        rose = not unanswered(act.case) and go_up(act, "asked")
        told = act.append(
            "disputed",
            clause=claim.clause,
            plan=plans.version(claim.plan_version_id),
            claim=claim.pk,
            policy=claim.policy,
            outcome=claim.outcome,
            message=message.pk,
            level=act.case.level,
        )
        return Stance.objects.create(
            claim=claim,
            decision=decision,
            kind=Stance.Kind.DISPUTED,
            words=words,
            event=told.pk,
            level_before=level if rose else "",
            promise=owed,
            at=act.now,
        )
