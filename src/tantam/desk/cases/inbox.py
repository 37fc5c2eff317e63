"""The inbox: cases in the order in which something is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.db.models import Case as When
from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models import When as If

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


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One case. groups: names of the customer's groups. chip: the promise to look at first, None if nothing is owed."""

    case: Case
    chip: PromiseChip | None
    groups: tuple[str, ...]


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
    open_cases = cases_for(person).exclude(status=Case.Status.RESOLVED)
    chosen = open_cases.filter(_of(view, person))
    found = list(_ordered(_beyond(chosen, after))[: limit + 1])
    rows = [_row(case, plan, now) for case in found[:limit]]
    bounds = _bounds(now, plan)
    return InboxPage(
        groups=_grouped(rows, bounds),
        counts=_counts(chosen, bounds),
        views=_views(open_cases, person),
        after=_cursor(found[limit - 1]) if len(found) > limit else "",
    )


def group_of(case: Case, bounds: tuple[datetime, datetime, datetime]) -> str:
    """Return the group that a case stands in. bounds: now, in an hour, the end of the company's day."""
    now, hour, evening = bounds
    due = case.next_due_at
    if case.status == Case.Status.WAITING:
        return "waiting"
    if due is None or due >= max(hour, evening):
        return "later"
    if due < now:
        return "overdue"
    return "hour" if due < hour else "today"


def _of(view: View, person: Person) -> Q:
    match view:
        case "mine":
            return Q(owner=person)
        case "level":
            return Q(level=person.level)
        case "all":
            return Q()


def _bounds(now: datetime, plan: RunningPlan) -> tuple[datetime, datetime, datetime]:
    local = now.astimezone(ZoneInfo(plan.timezone))
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return now, now + timedelta(hours=1), midnight


def _ordered(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Order by status (open before waiting), what is due first, and the id; what has no time comes last."""
    related = cases.select_related("customer", "owner", "purchase__product")
    return related.prefetch_related("promises", "customer__purchases").order_by("status", _due().asc(), "id")


def _due() -> When:
    return When(If(next_due_at=None, then=Value(_NEVER)), default="next_due_at")


def _beyond(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    status, _, rest = after.partition("~")
    due, _, pk = rest.partition("~")
    try:
        instant, last = datetime.fromisoformat(due).astimezone(UTC), int(pk)
    except (ValueError, OverflowError):
        return cases
    marked = cases.annotate(due=_due())
    later = Q(due__gt=instant) | Q(due=instant, id__gt=last)
    return marked.filter(Q(status__gt=status) | Q(status=status) & later)


def _cursor(case: Case) -> str:
    return f"{case.status}~{(case.next_due_at or _NEVER).isoformat()}~{case.pk}"


def _row(case: Case, plan: RunningPlan, now: datetime) -> InboxRow:
    facts = terms_of(plan, facts_of(case, now), now)
    return InboxRow(case, most_urgent(chips(case, now)), plan.groups(facts, now))


def _grouped(
    rows: Iterable[InboxRow], bounds: tuple[datetime, datetime, datetime]
) -> tuple[tuple[str, tuple[InboxRow, ...]], ...]:
    by_code: dict[str, list[InboxRow]] = {code: [] for code in GROUPS}
    for row in rows:
        by_code[group_of(row.case, bounds)].append(row)
    return tuple((code, tuple(found)) for code, found in by_code.items() if found)


def _counts(cases: QuerySet[Case], bounds: tuple[datetime, datetime, datetime]) -> dict[str, int]:
    now, hour, evening = bounds
    code = When(
        If(status=Case.Status.WAITING, then=Value("waiting")),
        If(next_due_at=None, then=Value("later")),
        If(next_due_at__gte=max(hour, evening), then=Value("later")),
        If(next_due_at__lt=now, then=Value("overdue")),
        If(next_due_at__lt=hour, then=Value("hour")),
        default=Value("today"),
        output_field=CharField(),
    )
    counted = cases.order_by().annotate(group=code).values_list("group").annotate(number=Count("pk"))
    return dict.fromkeys(GROUPS, 0) | dict(counted)


def _views(cases: QuerySet[Case], person: Person) -> dict[str, int]:
    counted = {view: Count("pk", filter=_of(view, person)) for view in VIEWS if view != "all"}
    return dict(cases.order_by().aggregate(all=Count("pk"), **counted))


_NEVER = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
