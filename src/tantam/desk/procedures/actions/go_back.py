"""Go back to a step that was gone through: the procedure stands again where it stood before."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import moving, run_to_go_back_in
from tantam.desk.procedures.standing import token_of


def go_back(case: Case, person: Person, number: int) -> Run:
    """Return the run as it stood before the step `number` was done, skipped or missed; times count from now.

    What was learned and said meanwhile stays with the case; only the steps are taken back.
    Raises Refused: no_procedure, step_gone, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        run = run_to_go_back_in(act)
        place = _place(run, number)
        goes = moving(act, run)
        tokens = [token_of(each) for each in run.taken[place]["before"]]
        goes.stand_again(tokens, run.taken[:place])
        goes.tell_back(tokens[-1])
        return run


def _place(run: Run, number: int) -> int:
    """Return where among the steps gone through that one stands from which its act began."""
    at = next((n for n, each in enumerate(run.taken) if each["number"] == number), None)
    while at is not None and at >= 0 and "before" not in run.taken[at]:
        at -= 1
    if at is None or at < 0:
        raise Refused("step_gone")
    return at
