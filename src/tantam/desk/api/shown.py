"""How cases, people and promises are shown to programs; ids are text, because they have many digits."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from ninja import Schema

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, Promise
from tantam.desk.plans import RunningPlan


class Done(Schema):
    """That it was done. id: of what was made, "" if nothing was."""

    id: str = ""


class Name(Schema):
    """A person or customer."""

    id: str
    name: str


class CaseShort(Schema):
    """A case as a list shows it. topic, stage, severity, level, channel: names in the plan, "" for none."""

    id: str
    reference: str
    subject: str
    status: str
    queue: str
    topic: str
    stage: str
    severity: str
    level: str
    channel: str
    language: str
    department: str
    provider: str
    customer: Name
    owner: Name | None
    opened_at: datetime
    last_at: datetime
    next_due_at: datetime | None
    snoozed_until: datetime | None
    resolved_at: datetime | None
    merged_into: str | None


class CasePage(Schema):
    """A page of cases. next: the cursor of the page after, "" at the end."""

    items: list[CaseShort]
    next: str


class PromiseShown(Schema):
    """A promise of the ledger. state: owed, kept, broken, withdrawn. because: why, in the language asked for.

    by_hand: a person gave their word. waits: its clock stands while the customer is asked.
    """

    id: str
    case: str
    kind: str
    state: str
    due: datetime
    ends: datetime | None
    made_at: datetime
    ended_at: datetime | None
    fulfilled_at: datetime | None
    by_hand: bool
    made_by: str | None
    words: str
    place: str
    waits: bool
    moved: int
    because: str
    clause: str


def case_short(case: Case) -> CaseShort:
    """Return a case with its customer and owner at hand."""
    same = ("reference", "subject", "status", "topic", "stage", "severity", "level", "channel", "language")
    more = ("department", "provider", "opened_at", "last_at", "next_due_at", "snoozed_until", "resolved_at")
    return CaseShort(
        id=str(case.pk),
        queue=case.queue or "",
        customer=Name(id=str(case.customer_id), name=case.customer.name),
        owner=name_of(case.owner),
        merged_into=str(case.merged_into_id) if case.merged_into_id else None,
        **{each: getattr(case, each) for each in (*same, *more)},
    )


def name_of(person: Person | None) -> Name | None:
    """Return a person by id and name."""
    return Name(id=str(person.pk), name=person.name) if person else None


def promise_shown(promise: Promise) -> PromiseShown:
    """Return a promise as it is kept; no query once its plan is thawed."""
    plan = plans.version(promise.plan_version_id)
    return PromiseShown(
        id=str(promise.pk),
        case=str(promise.case_id),
        kind=promise.kind,
        state=promise.state,
        due=promise.due_at,
        ends=promise.ends_at,
        made_at=promise.made_at,
        ended_at=promise.ended_at,
        fulfilled_at=promise.fulfilled_at,
        by_hand=promise.by_hand,
        made_by=str(promise.made_by_id) if promise.made_by_id else None,
        words=promise.words,
        place=promise.place,
        waits=promise.paused_at is not None,
        moved=promise.moved,
        because=_because(promise, plan),
        clause=promise.clause,
    )


def _because(promise: Promise, plan: RunningPlan) -> str:
    return plan.because(promise.because, get_language() or plan.languages[0]) if promise.because else ""
