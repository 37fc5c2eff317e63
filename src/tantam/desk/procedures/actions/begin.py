"""Begin a procedure on a case, or another one in place of the one under way."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.plans import UnknownName
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import begin_run, end, run_of


def begin(case: Case, person: Person, procedure: str) -> Run:
    """Return the run, under the version in force. One that is under way is stopped; beginning it again starts anew.

    Raises Refused: unknown_procedure, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        before = run_of(act)
        if before is not None:
            end(act, before, Run.State.STOPPED)
        try:
            run = begin_run(act, procedure)
        except UnknownName:
            raise Refused("unknown_procedure") from None
        act.append(
            "procedure_begun",
            clause=f"procedures.{procedure}",
            procedure=procedure,
            before=before.procedure if before else "",
        )
        return run
