"""Skip a step, with the reason: the procedure goes on as if it were done, and the review sees that it was not."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.plans.procedures import How
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import open_step

MOST_REASON = 300


def skip_step(case: Case, person: Person, number: int, reason: str, *, when: str = "") -> Run:
    """Return the run after the step was left out. when: by which branch it goes on, "" for the one that follows.

    Raises Refused: skip_needs_why, no_procedure, step_gone, which_branch, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        if not reason.strip():
            raise Refused("skip_needs_why")
        moving, standing, token = open_step(act, number)
        branch = moving.branch(token, when, unknown="otherwise")
        words = said.first_line(said.clean(reason), MOST_REASON)
        moving.move(moving.walker.go(standing, token.number, branch, How.SKIPPED), reason=words)
        return moving.run
