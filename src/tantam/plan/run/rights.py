"""What somebody asks about their own data: by when it is answered, how much longer that may take, how we know them.

The times and the law stand in the plan, under `privacy`: `requests` for all, `requests_erase` for one kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tantam.plan.run import unsaid
from tantam.plan.run.answers import Because
from tantam.plan.run.promises import due_at
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses_care import Retention
from tantam.plan.spoken import spoken
from tantam.plan.tables.values import Family, Span

KINDS = ("read", "erase", "correct", "object")
CLAUSE = "requests"


@dataclass(frozen=True, slots=True)
class Right:
    """What the plan says of one request. due: by when it is answered. proof: contact or colleague.

    longest: by when at the latest, once they are told; None where the plan lets it take no longer. Both aware, UTC.
    """

    due: datetime
    longest: datetime | None
    proof: str
    because: Because


def right(plan: Plan, kind: str, asked: datetime) -> Right | None:
    """Return what is owed to who asks so at `asked` (aware); None where the plan names no time. kind: of KINDS."""
    clause = plan.privacy.get(f"{CLAUSE}_{kind}") or plan.privacy.get(CLAUSE)
    if clause is None or clause.answer is None:
        return None
    due = _after(plan, asked, clause.answer)
    longest = _after(plan, due, clause.extend) if clause.extend is not None else None
    return Right(due, longest, clause.proof or unsaid.PROOF, _because(plan, clause, clause.answer))


def _after(plan: Plan, start: datetime, span: Span) -> datetime:
    """Return when a time is over: working days on the plan's clock, all else by the calendar, as laws count."""
    clock = plan.promises.clock if span.family is Family.WORKING else ""
    return due_at(plan, start, span, clock).astimezone(UTC)


def _because(plan: Plan, clause: Retention, answer: Span) -> Because:
    args = {"within": spoken(answer, "en")}
    address = f"privacy.{clause.name}"
    return Because(plan.name, address, clause.name, "B_request", args=args, law=clause.law, plan=plan)
