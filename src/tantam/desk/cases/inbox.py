"""The inbox: cases in the order in which something is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.db.models import Case as Choose
from django.db.models import CharField, Count, F, Q, QuerySet, Value, When, prefetch_related_objects

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.facts import facts_of, terms_of
from tantam.desk.cases.ledger import PromiseChip, chips, most_urgent
from tantam.desk.cases.models import Case
from tantam.desk.plans import RunningPlan

View = Literal["mine", "level", "all"]
VIEWS: tuple[View, ...] = ("mine", "level", "all")
GROUPS = ("overdue", "hour", "today", "later", "waiting")

_LISTED = (Case.Status.OPEN, Case.Status.WAITING)  # in this order


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One case. groups: names of the customer's groups. chip: the promise to look at first, None if nothing is owed.

    stands: in which of GROUPS.
    """

    case: Case
    chip: PromiseChip | None
    groups: tuple[str, ...]
    stands: str


@dataclass(frozen=True, slots=True)
class InboxPage:
    """groups: (code, rows) of those that have rows, in GROUPS' order. counts: by group code, of the whole view.

    views: how many open cases each of mine, level, all has. after: give it back to see the next page, "" at the end.
    """

    groups: tuple[tuple[str, tuple[InboxRow, ...]], ...]
    counts: dict[str, int]
    views: dict[str, int]
    after: str


def inbox(person: Person, view: View = "mine", *, now: datetime, after: str = "", limit: int = 50) -> InboxPage:
    """Return one page of the inbox; the number of queries does not depend on the number of cases.

    after: the `after` of the page before; one that cannot be read begins anew.
    """
    plan = plans.in_force(now)
    open_cases = cases_for(person).filter(status__in=_LISTED)
    chosen = open_cases.filter(_of(view, person)).annotate(stands=_stands(now, plan))
    found = _listed(chosen, _read_place(after), limit + 1)
    return InboxPage(
        groups=_grouped(_row(case, plan, now) for case in found[:limit]),
        counts=_counts(chosen),
        views=_views(open_cases, person),
        after=_place(found[limit - 1]).written() if len(found) > limit else "",
    )


def _of(view: View, person: Person) -> Q:
    match view:
        case "mine":
            return Q(owner=person)
        case "level":
            return Q(level=person.level)
        case "all":
            return Q()


def _stands(now: datetime, plan: RunningPlan) -> Choose:
    """Return the expression for the group that a case stands in; the company's day ends at its midnight."""
    hour, local = now + timedelta(hours=1), now.astimezone(ZoneInfo(plan.timezone))
    evening = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Choose(
        When(status=Case.Status.WAITING, then=Value("waiting")),
        When(next_due_at=None, then=Value("later")),
        When(next_due_at__lt=now, then=Value("overdue")),
        When(next_due_at__lt=hour, then=Value("hour")),
        When(next_due_at__lt=evening, then=Value("today")),
        default=Value("later"),
        output_field=CharField(),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page ends: the status, time and id of its last case. due: None for a case that has no time."""

    status: str
    due: datetime | None
    pk: int

    def written(self) -> str:
        return f"{self.status}~{self.due.isoformat() if self.due else ''}~{self.pk}"

    def beyond(self) -> Q:
        """Return which cases of the same status come after it."""
        if self.due is None:
            return Q(next_due_at=None, id__gt=self.pk)
        return Q(next_due_at__gt=self.due) | Q(next_due_at=self.due, id__gt=self.pk) | Q(next_due_at=None)


def _place(case: Case) -> _Place:
    return _Place(case.status, case.next_due_at, case.pk)


def _read_place(written: str) -> _Place | None:
    status, _, rest = written.partition("~")
    due, _, pk = rest.partition("~")
    try:
        instant = datetime.fromisoformat(due).astimezone(UTC) if due else None
        return _Place(status, instant, int(pk)) if status in _LISTED else None
    except (ValueError, OverflowError):
        return None


def _listed(cases: QuerySet[Case], place: _Place | None, most: int) -> list[Case]:
    """Return up to `most` cases after `place`: open before waiting, what is due first; what has no time comes last.

    One query a status, for only so does the index case_owed_first give the order.
    """
    related = cases.select_related("customer", "owner", "purchase__product")
    found: list[Case] = []
    for status in _LISTED[_LISTED.index(place.status) if place else 0 :]:
        after = place.beyond() if place and place.status == status else Q()
        in_order = related.filter(after, status=status).order_by(F("next_due_at").asc(nulls_last=True), "id")
        found += in_order[: most - len(found)]
    prefetch_related_objects(found, "promises", "customer__purchases")
    return found


def _row(case: Case, plan: RunningPlan, now: datetime) -> InboxRow:
    facts = terms_of(plan, facts_of(case, now), now)
    return InboxRow(case, most_urgent(chips(case, now)), plan.groups(facts, now), case.stands)  # type: ignore[attr-defined]


def _grouped(rows: Iterable[InboxRow]) -> tuple[tuple[str, tuple[InboxRow, ...]], ...]:
    by_code: dict[str, list[InboxRow]] = {code: [] for code in GROUPS}
    for row in rows:
        by_code[row.stands].append(row)
    return tuple((code, tuple(found)) for code, found in by_code.items() if found)


def _counts(cases: QuerySet[Case]) -> dict[str, int]:
    counted = cases.order_by().values_list("stands").annotate(number=Count("pk"))
    return dict.fromkeys(GROUPS, 0) | dict(counted)


def _views(cases: QuerySet[Case], person: Person) -> dict[str, int]:
    counted = {view: Count("pk", filter=_of(view, person)) for view in VIEWS if view != "all"}
    return dict(cases.order_by().aggregate(all=Count("pk"), **counted))
