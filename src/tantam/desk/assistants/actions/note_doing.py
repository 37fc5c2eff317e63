"""Write down that an assistant called a tool, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.assistants.models import MOST_TOOL, Doing
from tantam.desk.assistants.whom import Assistant
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.customers.models import Customer


@dataclass(frozen=True, slots=True)
class Done:
    """How a call ended. code, clause: of a refusal, "" else. case, customer: whom it was about."""

    tool: str
    outcome: Doing.Outcome
    milliseconds: int = 0
    case: Case | None = None
    customer: Customer | None = None
    code: str = ""
    clause: str = ""


def note_doing(assistant: Assistant, done: Done) -> Doing:
    """Return the row; it is never changed."""
    return Doing.objects.create(
        at=clock.now(),
        person=assistant.person,
        token=assistant.token,
        tool=done.tool[:MOST_TOOL],
        case=done.case,
        customer=done.customer,
        outcome=done.outcome,
        code=done.code,
        clause=done.clause,
        milliseconds=max(0, done.milliseconds),
    )
