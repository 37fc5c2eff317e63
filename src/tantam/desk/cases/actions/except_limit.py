"""Make an exception from what the plan says that we do not do, with a reason that the review reads."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import limits, said
from tantam.desk.cases.act import act_on, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.plans.limits import CLAUSE


def except_limit(case: Case, person: Person, reason: str) -> Case:
    """Return the case, which we take up after all; the rule stays on it. A second time changes nothing.

    Raises Refused: no_limit, needs_reason, too_long, already_resolved, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        if not act.case.limit_rule:
            raise Refused("no_limit")
        why = said.why(reason)
        if limits.exception_to(act.case) is not None:
            return act.case
        note = said.note_down(act, why)
        rule = act.case.limit_rule
        act.append(limits.EXCEPTED, clause=f"{CLAUSE}#{rule}", rule=rule, message=note.pk)
        return act.case
