"""Make an exception from what the plan says that we do not do, with a reason that the review reads."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import limits, said
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions.move_promise import given
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused


def except_limit(case: Case, person: Person, reason: str) -> Case:
    """Return the case, which we take up after all; the rule stays on it. A second time changes nothing.

    Raises Refused: no_limit, needs_reason, too_long, already_resolved, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if not act.case.limit_rule:
            raise Refused("no_limit")
        why = given(reason)
        if limits.exception_to(act.case) is not None:
            return act.case
        note = said.note_down(act, why)
        rule = act.case.limit_rule
        act.append(limits.EXCEPTED, clause=f"limits#{rule}", rule=rule, message=note.pk)
        return act.case
