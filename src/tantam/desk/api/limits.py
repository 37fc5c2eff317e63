"""Departments and limits for programs: ask a department for what it owes; decline or except what we do not do."""

from __future__ import annotations

from ninja import Schema, Status
from pydantic import Field

from tantam.desk import plans
from tantam.desk.api.errors import Invalid
from tantam.desk.api.moves import act
from tantam.desk.api.room import Room
from tantam.desk.api.shown import CaseShort, case_short
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Told, Word
from tantam.desk.cases import actions
from tantam.desk.cases.models import Case
from tantam.desk.plans import departments, limits

room = Room("departments and limits", "read:cases", "write:cases")
router = room.router


class LimitShown(Schema):
    """What the plan says that we do not do."""

    name: str
    topic: str
    label: str


class OwingIn(Told):
    """What is asked of which department, by the plan's names."""

    department: Word
    owing: Word
    words: str = Field(min_length=1, max_length=20_000)


class ReasonIn(Told):
    """Why, for the review."""

    reason: str = Field(min_length=1, max_length=2000)


class RuleIn(Told):
    """A rule of the plan's limits."""

    rule: Word


@room.get("/limits", list[LimitShown])
def list_limits(request: Asking) -> list[LimitShown]:
    """List what the plan says that we do not do."""
    plan = plans.in_force()
    lang = plan.languages[0]
    return [
        LimitShown(name=each.name, topic=each.topic, label=limits.label(plan, each.name, lang))
        for each in limits.rules(plan)
    ]


@room.move("/cases/{case}/departments", CaseShort, 201)
def ask_department(request: Asking, case: CaseRef, told: OwingIn) -> Status[CaseShort]:
    """Ask a department for what it owes. Returns the department's case, linked with this one."""
    owing = departments.named(plans.in_force(), told.department, told.owing)
    if owing is None:
        raise Invalid("owing", "GET /api/v1/departments lists what each department owes on asking.")
    made: list[Case] = []
    act(request, case, lambda held, by: made.append(actions.ask_department(held, by, owing, told.words)))
    return Status(201, case_short(made[0]))


@room.move("/cases/{case}/exception", CaseShort)
def except_limit(request: Asking, case: CaseRef, told: ReasonIn) -> CaseShort:
    """Make an exception from a limit. The review reads the reason."""
    return case_short(act(request, case, lambda held, by: actions.except_limit(held, by, told.reason)))


@room.move("/cases/{case}/decline", CaseShort)
def decline_case(request: Asking, case: CaseRef, told: RuleIn) -> CaseShort:
    """Decline kindly what the plan says that we do not do."""
    return case_short(act(request, case, lambda held, by: actions.decline_by_limit(held, by, told.rule)))
