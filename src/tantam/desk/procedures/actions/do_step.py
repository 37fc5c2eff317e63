"""Do a step: what was learned is kept with the case, and the procedure goes on by the branch that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on, refuse_if_merged
from tantam.desk.cases.actions import fill_in
from tantam.desk.cases.models import Actor, Case
from tantam.desk.plans.procedures import How
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import open_step


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step. answers: {term: as written}; what is empty stays unknown. note: for colleagues.

    when: the branch that a person chose, "" for the one that follows from what is known.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    when: str = ""
    note: str = ""


NOTHING_TO_SAY = Done()


def do_step(case: Case, person: Person, number: int, done: Done = NOTHING_TO_SAY) -> Run:
    """Return the run after the step. number: of its token, so that of two who do it at once the second is told.

    Raises BadFact; Refused: no_procedure, step_gone, which_branch, too_long, is_merged, not_allowed.
    """
    with transaction.atomic():
        given = {term: text for term, text in done.answers.items() if text.strip()}
        if given:
            fill_in(case, person, given)
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        moving, standing, token = open_step(act, number)
        branch = moving.branch(token, done.when)
        if done.note.strip():
            said.note_down(act, done.note)
        moving.move(moving.walker.go(standing, token.number, branch, How.DONE))
        return moving.run
