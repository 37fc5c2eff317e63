"""Pages of the inbox by place, forward and back: each reads only its own rows, however deep it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Literal

from django.db.models import F, Q, QuerySet

from tantam.desk.cases.models import Case

Queue = Literal["open", "waiting", "asleep", "done"]  # of Case.queue; done: it has none, and was resolved


@dataclass(frozen=True, slots=True)
class Page:
    """cases: in order. after, before: the places of its last and first case where others lie beyond, else ""."""

    cases: Sequence[Case]
    after: str
    before: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a case stands: its list, when it is due (None: it has no time, and comes last in its list), its id."""

    queue: Queue
    due: datetime | None
    pk: int

    def written(self) -> str:
        return f"{self.queue}~{self.due.isoformat() if self.due else ''}~{self.pk}"

    def beyond(self, *, back: bool) -> Q:
        """Return which cases of the same list, with or without a time as this one, come after it or before it."""
        way = "lt" if back else "gt"
        if self.due is None:
            return Q(**{f"id__{way}": self.pk})
        # Said so, and not as one OR, both databases begin reading at the place.
        tie = Q(**{f"next_due_at__{way}": self.due}) | Q(**{f"id__{way}": self.pk})
        return Q(**{f"next_due_at__{way}e": self.due}) & tie


def page(cases: QuerySet[Case], queues: Sequence[Queue], after: str, before: str, *, limit: int) -> Page:
    """Return the page after one place, or before another; without either, or with a wrong one, the first.

    One query a list, and one more for the list of the place.
    """
    back = _read(before, queues)
    place = back or _read(after, queues)
    found = list(_walk(cases, queues, place, limit + 1, back=back is not None))
    more, found = len(found) > limit, found[:limit]
    if not found and place is not None:  # what lay there is gone
        return page(cases, queues, "", "", limit=limit)
    if back is not None:
        found.reverse()
    ends = (_written(found[0]), _written(found[-1])) if found else ("", "")
    earlier = more if back is not None else place is not None
    later = True if back is not None else more
    return Page(found, after=ends[1] if later else "", before=ends[0] if earlier else "")


def within(queues: Sequence[Queue]) -> Q:
    """Return which cases stand in one of the lists."""
    return reduce(or_, map(_in, queues))


def _in(queue: Queue) -> Q:
    return Q(queue=None, status=Case.Status.RESOLVED) if queue == "done" else Q(queue=queue)


def _walk(
    cases: QuerySet[Case], queues: Sequence[Queue], place: _Place | None, most: int, *, back: bool
) -> Iterator[Case]:
    """Yield up to `most` cases from the place on, a stretch of the index at a time."""
    left, due = most, F("next_due_at")
    order = (due.desc(nulls_first=True), "-id") if back else (due.asc(nulls_last=True), "id")
    for stretch in _stretches(queues, place, back=back):
        if not left:
            return
        for case in cases.filter(stretch).order_by(*order)[:left]:
            left -= 1
            yield case


def _stretches(queues: Sequence[Queue], place: _Place | None, *, back: bool) -> Iterator[Q]:
    """Yield what is read one after the other: the rest of the place's list, then the lists that follow whole."""
    every = queues[::-1] if back else queues
    if place is not None:
        every = every[every.index(place.queue) + 1 :]
        yield _in(place.queue) & Q(next_due_at__isnull=place.due is None) & place.beyond(back=back)
        if back == (place.due is None):  # those with a time stand before those without
            yield _in(place.queue) & Q(next_due_at__isnull=not back)
    yield from map(_in, every)


def _written(case: Case) -> str:
    return _Place(_queue_of(case), case.next_due_at, case.pk).written()


def _queue_of(case: Case) -> Queue:
    return case.queue or "done"


def _read(written: str, queues: Sequence[Queue]) -> _Place | None:
    queue, _, rest = written.partition("~")
    due, _, pk = rest.partition("~")
    try:
        instant = datetime.fromisoformat(due).astimezone(UTC) if due else None
        known = next((each for each in queues if each == queue), None)
        return _Place(known, instant, int(pk)) if known and 0 <= int(pk) < 1 << 63 else None
    except (ValueError, OverflowError):
        return None
