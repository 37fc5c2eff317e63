"""The customer asks that somebody higher looks at their case."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases.act import act_on, refuse_if_resolved
from tantam.desk.cases.actions.escalate import go_up
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.owing_answers import owe_an_answer
from tantam.desk.common.errors import Refused


def ask_higher(case: Case) -> Case:
    """Return the case one level up because its customer asked, where a first answer is owed anew if none is.

    Asked again before anybody answered, nothing happens.

    Raises Refused: no_level_above, already_resolved.
    """
    with transaction.atomic():
        act = act_on(case, Actor.CUSTOMER)
        refuse_if_resolved(act)
        if unanswered(act.case):
            return act.case
        if not go_up(act, "asked"):
            raise Refused("no_level_above")
        owe_an_answer(act)
        return act.case


def unanswered(case: Case) -> bool:
    """Return whether the customer asked for somebody higher and no colleague has written to them since."""
    asked = case.events.filter(code="escalated", actor=Actor.CUSTOMER).order_by("-id")
    last = asked.values_list("pk", flat=True).first()
    return (
        last is not None
        and not case.events.filter(code__in=("replied", "asked", "resolved", "undisputed"), pk__gt=last).exists()
    )
