"""A case's procedure for programs: where it stands, what was gone through; do a step, skip it, go back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.utils.translation import get_language
from ninja import Path, Schema
from pydantic import Field

from tantam.desk import plans
from tantam.desk.api.moves import act
from tantam.desk.api.room import Room
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Told, Word
from tantam.desk.cases import joined
from tantam.desk.cases.access import case_for
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan, UnknownName
from tantam.desk.plans import procedures as of_plan
from tantam.desk.plans.procedures import Walker
from tantam.desk.procedures import actions
from tantam.desk.procedures.course import course_of
from tantam.desk.procedures.knowing import walker_of
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.standing import gone_of, standing_of

room = Room("procedures", "read:cases", "write:cases")
router = room.router
StepNumber = Annotated[int, Path(ge=0, lt=2**31, description="A number of a step.")]


class OpenStep(Schema):
    """A step where the work stands. number: to name it by. who: customer, a level, or a department.

    asks: the terms that are asked there; ways: its branches, [""] for one way; does: whether somebody may do it.
    """

    number: int
    title: str
    clause: str
    who: str
    since: datetime
    begins: datetime | None
    due: datetime | None
    late: bool
    asks: list[str]
    ways: list[str]
    does: bool


class StepBehind(Schema):
    """A step that was gone through. how: done, skipped, missed, …; when: the branch that was taken."""

    number: int
    title: str
    how: str
    at: datetime
    when: str
    reason: str


class StateShown(Schema):
    """A state of the concern, as its customer reads it. code: the plan's name for it, "" for a plain step.

    state: done, now or next. at: when it was reached. due: by when the customer is to do their part, null for no such
    day. amount: what was paid, or is owed; "" for no money.
    """

    code: str
    title: str
    state: str
    who: str
    at: datetime | None
    due: datetime | None
    amount: str
    clause: str


class ProcedureShown(Schema):
    """A case's way through a procedure of the plan. state: running, reached, left, stopped; "" for none.

    states: what its customer reads of where it stands.
    """

    procedure: str
    label: str
    state: str
    began_at: datetime | None
    open: list[OpenStep]
    behind: list[StepBehind]
    states: list[StateShown]


class Begun(Told):
    """Which procedure or troubleshooter of the plan."""

    procedure: Word


class DoneStep(Told):
    """What was learned at a step, as the plan writes it. when: the branch to take, "" for the one that follows."""

    answers: dict[Word, str] = Field(default_factory=dict, max_length=50)
    when: str = Field("", max_length=200)
    note: str = Field("", max_length=2000)


class SkippedStep(Told):
    """Why the step is left out, for the review."""

    reason: str = Field(min_length=1, max_length=2000)
    when: str = Field("", max_length=200)


class Stopped(Told):
    """Why it stops."""

    reason: str = Field("", max_length=2000)


@room.get("/cases/{case}/procedure", ProcedureShown)
def read_procedure(request: Asking, case: CaseRef) -> ProcedureShown:
    """Read where a case stands in its procedure, and what was gone through."""
    return _shown(case_for(request.person, case))


@room.move("/cases/{case}/procedure/begin", ProcedureShown)
def begin_procedure(request: Asking, case: CaseRef, told: Begun) -> ProcedureShown:
    """Begin a procedure or a troubleshooter, or another one."""
    return _shown(act(request, case, lambda held, by: actions.begin(held, by, told.procedure)))


@room.move("/cases/{case}/procedure/stop", ProcedureShown)
def stop_procedure(request: Asking, case: CaseRef, told: Stopped) -> ProcedureShown:
    """Stop the procedure. The case goes on without one."""
    return _shown(act(request, case, lambda held, by: actions.stop(held, by, told.reason)))


@room.move("/cases/{case}/procedure/steps/{step}/do", ProcedureShown)
def do_step(request: Asking, case: CaseRef, step: StepNumber, told: DoneStep) -> ProcedureShown:
    """Do a step with what was learned."""
    done = actions.Done(told.answers, told.when, told.note)
    return _shown(act(request, case, lambda held, by: actions.do_step(held, by, step, done)))


@room.move("/cases/{case}/procedure/steps/{step}/skip", ProcedureShown)
def skip_step(request: Asking, case: CaseRef, step: StepNumber, told: SkippedStep) -> ProcedureShown:
    """Leave a step out, with the reason."""
    return _shown(act(request, case, lambda held, by: actions.skip_step(held, by, step, told.reason, when=told.when)))


@room.move("/cases/{case}/procedure/steps/{step}/back", ProcedureShown)
def go_back_to_step(request: Asking, case: CaseRef, step: StepNumber) -> ProcedureShown:
    """Open a step again that was gone through."""
    return _shown(act(request, case, lambda held, by: actions.go_back(held, by, step)))


def _shown(case: Case) -> ProcedureShown:
    lang = get_language() or "en"
    run, states = case.runs.order_by("-id").first(), states_of(case, lang)
    if run is None:
        return ProcedureShown(procedure="", label="", state="", began_at=None, open=[], behind=[], states=states)
    plan = plans.version(run.plan_version_id)
    try:
        walker: Walker | None = walker_of(run, case, clock.now())
    except UnknownName:
        walker = None
    return ProcedureShown(
        procedure=run.procedure,
        label=of_plan.label(plan, run.procedure, lang),
        state=run.state,
        began_at=run.began_at,
        open=_open(run, walker, plan, lang) if walker and run.state == Run.State.RUNNING else [],
        behind=_behind(run, walker, plan, lang) if walker else [],
        states=states,
    )


def states_of(case: Case, lang: str) -> list[StateShown]:
    """Return where a concern stands, as its customer reads it."""
    same = ("code", "title", "state", "who", "at", "due", "clause")
    return [
        StateShown(amount=each.money.text() if each.money else "", **{name: getattr(each, name) for name in same})
        for each in course_of(joined.same_customer(case), clock.now(), lang)
    ]


def _open(run: Run, walker: Walker, plan: RunningPlan, lang: str) -> list[OpenStep]:
    standing = standing_of(run)
    workable = {each.number for each in walker.workable(standing)}
    return [
        OpenStep(
            number=each.number,
            title=of_plan.step_label(plan, walker.clause(each), lang),
            clause=walker.clause(each),
            who=walker.who(each),
            since=each.since,
            begins=each.begins,
            due=each.due,
            late=each.late,
            asks=list(walker.asked(each)),
            ways=list(walker.branches(each)),
            does=each.number in workable,
        )
        for each in standing.tokens
    ]


def _behind(run: Run, walker: Walker, plan: RunningPlan, lang: str) -> list[StepBehind]:
    found = [(kept, gone_of(kept)) for kept in run.taken]
    return [
        StepBehind(
            number=gone.token.number,
            title=of_plan.step_label(plan, walker.clause(gone.token), lang),
            how=gone.how.value,
            at=gone.at,
            when=gone.when,
            reason=str(kept.get("reason", "")),
        )
        for kept, gone in found
    ]
