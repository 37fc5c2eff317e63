"""Decline kindly what the plan says that we do not do, where intake could not recognise it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on, refuse_if_resolved
from tantam.desk.cases.actions.reply import answer
from tantam.desk.cases.helping import beside_no
from tantam.desk.cases.letters import letter
from tantam.desk.cases.limits import MET, declined
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.plans import limits


def decline_by_limit(case: Case, person: Person, name: str) -> Case:
    """Return the case, on which the rule `name` stands now; the customer is told no, and where to turn.

    The same rule again changes nothing. Raises Refused: unknown_limit, already_resolved, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        rule = limits.named(act.plan, name)
        if rule is None:
            raise Refused("unknown_limit")
        if act.case.limit_rule == rule.name:
            return act.case
        act.save(limit_rule=rule.name)
        act.append(MET, clause=rule.clause, rule=rule.name, topic=rule.topic)
        context = {"declined": declined(act), **beside_no(act.case, act.plan)}
        words = letter("cases/letters/declined.txt", act.case, act.plan, context)
        answer(act, words, code="replied")
        return act.case
