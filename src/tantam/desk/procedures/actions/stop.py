"""Stop a procedure that does not fit the case; another one may be begun."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import end, run_of


def stop(case: Case, person: Person, reason: str = "") -> Run:
    """Return the run, stopped. reason: for colleagues, kept as a note. Raises Refused: no_procedure, not_allowed."""
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        run = run_of(act)
        if run is None:
            raise Refused("no_procedure")
        if reason.strip():
            said.note_down(act, reason)
        end(act, run, Run.State.STOPPED)
        return run
