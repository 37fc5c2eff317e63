"""The inbox: cases in the order in which something is owed, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import F, Q, QuerySet, Subquery

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import paging, tally
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.filters import Filter
from tantam.desk.cases.grouping import unpacked
from tantam.desk.cases.ledger import PromiseChip, chip, most_urgent
from tantam.desk.cases.models import STILL_TO_KEEP, Case, Mention, Promise, Watcher
from tantam.desk.cases.paging import Queue
from tantam.desk.cases.tally import Bounds

View = Literal["mine", "level", "all", "team", "watched", "mentions", "snoozed"]
VIEWS: tuple[View, ...] = ("mine", "level", "all")
ASIDE: tuple[View, ...] = ("team", "mentions", "watched", "snoozed")  # what is looked at now and then
GROUPS = ("overdue", "hour", "today", "later", "waiting", "asleep", "done")
EVERY = Filter()

# Which lists a view shows, one after the other. Who sleeps is left out, but where one asks for just these cases.
_AWAKE: tuple[Queue, ...] = ("open", "waiting")
_QUEUES: dict[View, tuple[Queue, ...]] = {
    "snoozed": ("asleep",),
    "watched": ("open", "waiting", "asleep"),
    "mentions": ("open", "waiting", "asleep", "done"),
}
_QUEUE_OF: dict[str, Queue] = {"waiting": "waiting", "asleep": "asleep", "done": "done"}  # the others are open


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

    views, aside: how many cases each of VIEWS and ASIDE has. Counts end at `tally.MOST`: there are more. after,
    before: give one back to see the next page, or the one before; "" at the end and at the beginning.
    """

    groups: tuple[tuple[str, tuple[InboxRow, ...]], ...]
    counts: dict[str, int]
    views: dict[str, int]
    after: str
    before: str
    aside: dict[str, int]

    @property
    def cases(self) -> list[Case]:
        """Every case on the page, in order."""
        return [row.case for _, rows in self.groups for row in rows]


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: a view, narrowed by a filter. after, before: a place to go on from, "" for the beginning."""

    view: View = "mine"
    filter: Filter = EVERY
    after: str = ""
    before: str = ""


def inbox(
    person: Person, view: View | Listing = "mine", *, now: datetime, after: str = "", limit: int = 50
) -> InboxPage:
    """Return one page of the inbox; the number of queries does not depend on the number of cases.

    view: its name, or a listing. after: the `after` of the page before; one that cannot be read begins anew.
    """
    listing = view if isinstance(view, Listing) else Listing(view, after=after)
    return page_of(person, listing, plans.in_force(now), now=now, limit=limit)


def page_of(person: Person, listing: Listing, plan: plans.RunningPlan, *, now: datetime, limit: int = 50) -> InboxPage:
    """Return the same for whoever holds the plan in force already."""
    bounds = tally.bounds(now, plan.timezone)
    chosen, queues = _chosen(person, listing, now, plan), queues_of(listing)
    page = paging.page(_related(chosen), queues, listing.after, listing.before, limit=limit)
    left = _left_of(page.cases)
    groups = [code for code in GROUPS if _QUEUE_OF.get(code, "open") in queues]
    counts = tally.counts(
        {f"group:{code}": _of_group(chosen, code, bounds) for code in groups}
        | {f"view:{each}": _of_view(person, each) for each in (*VIEWS, *ASIDE)}
    )
    return InboxPage(
        groups=_grouped(_row(case, left[case.pk], bounds) for case in page.cases),
        counts={code: counts[f"group:{code}"] for code in groups},
        views={each: counts[f"view:{each}"] for each in VIEWS},
        aside={each: counts[f"view:{each}"] for each in ASIDE},
        after=page.after,
        before=page.before,
    )


def matching(person: Person, listing: Listing, now: datetime) -> QuerySet[Case]:
    """Return all cases of a listing, those of its queues, without an order."""
    chosen = _chosen(person, listing, now, plans.in_force(now))
    return chosen.filter(paging.within(queues_of(listing)))


def queues_of(listing: Listing) -> tuple[Queue, ...]:
    """Return which lists are shown, in order."""
    if listing.filter.asleep and listing.view not in _QUEUES:
        return ("asleep",)
    return _QUEUES.get(listing.view, _AWAKE)


def in_order(person: Person, listing: Listing, now: datetime, limit: int) -> list[Case]:
    """Return up to `limit` cases of a listing from its beginning, with customer and owner."""
    chosen = _related(_chosen(person, listing, now, plans.in_force(now)))
    return list(paging.page(chosen, queues_of(listing), "", "", limit=limit).cases)


def listed(person: Person, listing: Listing, now: datetime, *, queues: tuple[Queue, ...], limit: int) -> paging.Page:
    """Return one page of a listing, of these lists one after the other, with customer and owner."""
    chosen = _related(_chosen(person, listing, now, plans.in_force(now)))
    return paging.page(chosen, queues, listing.after, listing.before, limit=limit)


def _chosen(person: Person, listing: Listing, now: datetime, plan: plans.RunningPlan) -> QuerySet[Case]:
    return cases_for(person).filter(_of(listing.view, person), listing.filter.q(now, plan, person))


def _of(view: View, person: Person) -> Q:
    match view:
        case "mine":
            return Q(owner=person)
        case "level":
            return Q(level=person.level)
        case "team":
            mates = Person.objects.filter(team=person.team).exclude(team="")
            return Q(owner_id__in=Subquery(mates.values("pk")))
        case "watched":
            return Q(pk__in=Subquery(Watcher.objects.filter(person=person).values("case_id")))
        case "mentions":
            unread = Mention.objects.filter(person=person, read_at=None)
            return Q(pk__in=Subquery(unread.values("message__case_id")))
        case "all" | "snoozed":
            return Q()


def _of_view(person: Person, view: View) -> tuple[QuerySet[Case], ...]:
    cases = cases_for(person).filter(_of(view, person))
    return tuple(cases.filter(paging.within((queue,))) for queue in _QUEUES.get(view, _AWAKE))


def _of_group(cases: QuerySet[Case], code: str, bounds: Bounds) -> tuple[QuerySet[Case], ...]:
    queue = _QUEUE_OF.get(code, "open")
    listed = cases.filter(paging.within((queue,)))
    return tuple(listed.filter(each) for each in bounds.parts(code)) if queue == "open" else (listed,)


def _related(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("customer", "owner", "purchase")


def _left_of(cases: Iterable[Case]) -> dict[int, list[Promise]]:
    """Return {case: what is still to keep on it, and on what was joined to it}: one query.

    What was joined to a case that was then joined to another, and that to a third, is seen on the case's page only.
    """
    found: dict[int, list[Promise]] = {each.pk: [] for each in cases}
    if not found:
        return found
    ways = ("case_id", "case__merged_into_id", "case__merged_into__merged_into_id")
    own, *behind = (
        Promise.objects.filter(STILL_TO_KEEP, **{f"{way}__in": list(found)}).annotate(shown_on=F(way)) for way in ways
    )
    for each in own.union(*behind, all=True):
        found[each.shown_on].append(each)
    return found


def _row(case: Case, left: Iterable[Promise], bounds: Bounds) -> InboxRow:
    first = most_urgent(chip(each, bounds.now) for each in left)
    return InboxRow(case, first, unpacked(case.groups), bounds.stands(case))


def _grouped(rows: Iterable[InboxRow]) -> tuple[tuple[str, tuple[InboxRow, ...]], ...]:
    by_code: dict[str, list[InboxRow]] = {code: [] for code in GROUPS}
    for row in rows:
        by_code[row.stands].append(row)
    return tuple((code, tuple(found)) for code, found in by_code.items() if found)
