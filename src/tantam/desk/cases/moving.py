"""What becomes of a case's promises when it moves to another version of the plan; asking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, QuerySet

from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Case, Message, Promise
from tantam.desk.cases.owed import owed_on
from tantam.desk.cases.stood import first_dues, stood
from tantam.desk.plans import Owed, RunningPlan, kinds

SAME_MINUTE = timedelta(minutes=1)
MOST_SHOWN = 50  # cases on a page of a preview


class Losses(StrEnum):
    """What becomes of a promise that the other version makes later, or not at all: the better one is kept, or not."""

    KEEP = "keep"
    TAKE = "take"


class Fate(StrEnum):
    """What the other version does to a promise. PASSED: it would be due before now, so it stays as it was made."""

    SAME = "same"
    SOONER = "sooner"
    LATER = "later"
    GONE = "gone"
    NEW = "new"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Change:
    """One promise before and after. promise: None for one newly owed. owed: None for one no longer owed.

    due: when it will be due, with what its clock stood still; None where nothing is owed.
    """

    kind: str
    fate: Fate
    promise: Promise | None
    owed: Owed | None
    due: datetime | None

    @property
    def is_loss(self) -> bool:
        """Whether the customer would get it later, or not at all."""
        return self.fate in (Fate.LATER, Fate.GONE)


def preview(case: Case, plan: RunningPlan, now: datetime) -> tuple[Change, ...]:
    """Return what the version `plan` does to each promise that is owed by the plan's rows, and what it owes besides.

    What a person promised or moved by hand, what a claim was granted and what a department owes stay as they are.
    """
    every = list(case.promises.order_by("due_at", "id"))
    return (*_kept(case, plan, every, now), *_new(case, plan, every, now))


def _kept(case: Case, plan: RunningPlan, every: Sequence[Promise], now: datetime) -> Iterator[Change]:
    owed_since: dict[datetime, dict[str, Owed]] = {}
    dues = first_dues(case.events.all())
    for promise in filter(by_row, every):
        start = promise.made_at
        if start not in owed_since:
            owed_since[start] = {each.kind: each for each in owed_on(case, plan, known_of(case, plan, start), start)}
        owed = owed_since[start].get(promise.kind)
        if owed is None:
            yield Change(promise.kind, Fate.GONE, promise, None, None)
        else:
            due = _with_stood(promise, owed, plan, dues)
            yield Change(promise.kind, _fate(promise, due, now), promise, owed, due)


def by_row(promise: Promise) -> bool:
    """Whether a row of the plan owes it still, and no person changed that."""
    ours = not (promise.by_hand or promise.moved or promise.owed_by)
    return ours and promise.state == Promise.State.OWED and promise.clause.startswith("promises")


def _fate(promise: Promise, due: datetime, now: datetime) -> Fate:
    if abs(due - promise.due_at) < SAME_MINUTE:
        return Fate.SAME
    if due > promise.due_at:
        return Fate.LATER
    return Fate.SOONER if due > now or promise.paused_at is not None else Fate.PASSED


def _with_stood(promise: Promise, owed: Owed, plan: RunningPlan, dues: Mapping[int, datetime]) -> datetime:
    """Return when it is due by the other version, put off by as much as the promise was while its clock stood."""
    minutes = stood(promise, dues)
    return plan.due_again(plan.clock_of(owed), owed.due, minutes) if minutes else owed.due


def _new(case: Case, plan: RunningPlan, every: Sequence[Promise], now: datetime) -> Iterator[Change]:
    known = {each.kind for each in every}
    owed = [each for each in owed_on(case, plan, known_of(case, plan, now), now) if each.due > now]
    owed = [each for each in owed if each.kind not in known]
    answered = any(not kinds.repeats(each.kind) and kinds.kept_by_words(each.kind) for each in owed) and _answered(case)
    for each in owed:
        if not (answered and kinds.kept_by_words(each.kind) and not kinds.repeats(each.kind)):
            yield Change(each.kind, Fate.NEW, None, each, each.due)


def _answered(case: Case) -> bool:
    """Whether a colleague wrote to the customer already."""
    return case.messages.filter(direction=Message.Direction.OUTGOING, author__isnull=False).exists()


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """A case and what becomes of its promises."""

    case: Case
    changes: tuple[Change, ...]


def preview_many(cases: QuerySet[Case], plan: RunningPlan, now: datetime) -> list[CaseChanges]:
    """Return the next cases, at most MOST_SHOWN, each with what the version `plan` does to it."""
    found = cases.select_related("customer", "purchase__product", "owner")[:MOST_SHOWN]
    return [CaseChanges(each, preview(each, plan, now)) for each in found]


def besides(found: Sequence[CaseChanges], anyway: Sequence[CaseChanges]) -> list[CaseChanges]:
    """Return what is found without what another version would change alike. Both: of the same cases, in their order."""
    alike = {(each.case.pk, change.kind, change.due) for each in anyway for change in each.changes}
    return [
        CaseChanges(each.case, tuple(one for one in each.changes if (each.case.pk, one.kind, one.due) not in alike))
        for each in found
    ]


def open_by_version() -> dict[int, int]:
    """Return how many open cases stand under each version, by its row's number."""
    held = Case.objects.filter(status__in=Case.UNDER_WAY)
    counted = held.values("plan_version_id").annotate(cases=Count("pk")).order_by()
    return {each["plan_version_id"]: each["cases"] for each in counted}
