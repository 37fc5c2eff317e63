"""Promises for programs: what is owed, and the words that people give by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import Q
from django.http import Http404
from ninja import Query, Schema, Status
from pydantic import AwareDatetime, Field

from tantam.desk.accounts.models import Person
from tantam.desk.api.errors import Invalid
from tantam.desk.api.moves import act
from tantam.desk.api.room import Room
from tantam.desk.api.shown import PromiseShown, promise_shown
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Id, PageAsked, Told, first, paged, place
from tantam.desk.cases import actions
from tantam.desk.cases.access import all_seen, cases_for
from tantam.desk.cases.models import STILL_TO_KEEP, Case, Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.common import clock

room = Room("promises", "read:cases", "write:cases")
router = room.router


class PromisesAsked(PageAsked):
    """Which promises: those still to be kept, broken ones that were not made good among them."""

    mine: bool = Field(False, description="Only words that you gave yourself.")
    hours: int = Field(0, ge=0, le=8784, description="Only what is due within so many hours; 0 for all.")


class PromisePage(Schema):
    """A page of promises, what is due first on top."""

    items: list[PromiseShown]
    next: str


class VowIn(Told):
    """What is promised by when. ends, place: of an appointment or a visit."""

    words: str = Field(min_length=1, max_length=200)
    due: AwareDatetime
    kind: Literal["by_hand", "call_back", "appointment", "visit"] = "by_hand"
    ends: AwareDatetime | None = None
    place: str = Field("", max_length=200)


class MovedVow(Told):
    """To when it is moved; the customer reads the reason."""

    due: AwareDatetime
    ends: AwareDatetime | None = None
    reason: str = Field(min_length=1, max_length=2000)


class Reason(Told):
    """Why; the customer reads it."""

    reason: str = Field(min_length=1, max_length=2000)


class Note(Told):
    """What is noted with it."""

    note: str = Field("", max_length=2000)


@room.get("/promises", PromisePage)
def list_promises(request: Asking, asked: Query[PromisesAsked]) -> dict[str, Any]:
    """List what is owed in the cases you may see, what is due first on top. A page at a time."""
    found = Promise.objects.filter(STILL_TO_KEEP, case__in=cases_for(request.person))
    if asked.mine:
        found = found.filter(by_hand=True, made_by=request.person)
    if asked.hours:
        found = found.filter(due_at__lt=clock.now() + timedelta(hours=asked.hours))
    if (at := _place(asked)) is not None:
        due, pk = at
        found = found.filter(Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk))
    rows, more = first(list(found.order_by("due_at", "pk")[: asked.limit + 1]), asked.limit)
    after = f"{rows[-1].due_at.isoformat()}~{rows[-1].pk}" if more else ""
    return paged(request, [promise_shown(each) for each in rows], after)


@room.move("/cases/{case}/promises", PromiseShown, 201)
def make_promise(request: Asking, case: CaseRef, told: VowIn) -> Status[PromiseShown]:
    """Give the customer your word. An appointment or a visit is confirmed to them."""
    vow = Vow(words=told.words, due=told.due, kind=told.kind, place=told.place, ends=told.ends)
    made: list[Promise] = []
    act(request, case, lambda held, by: made.append(actions.promise(held, by, vow)))
    return Status(201, promise_shown(made[0]))


@room.move("/cases/{case}/promises/{promise}/keep", PromiseShown)
def keep_promise(request: Asking, case: CaseRef, promise: Id, told: Note) -> PromiseShown:
    """Say that a word that was given by hand was kept."""
    return _do(request, case, promise, lambda one, by: actions.keep_promise(one, by, note=told.note))


@room.move("/cases/{case}/promises/{promise}/move", PromiseShown)
def move_promise(request: Asking, case: CaseRef, promise: Id, told: MovedVow) -> PromiseShown:
    """Move a word that was given by hand to another time. The customer is told why."""
    return _do(
        request, case, promise, lambda one, by: actions.move_promise(one, by, told.due, told.reason, ends=told.ends)
    )


@room.move("/cases/{case}/promises/{promise}/withdraw", PromiseShown)
def withdraw_promise(request: Asking, case: CaseRef, promise: Id, told: Reason) -> PromiseShown:
    """Withdraw a word that was given by hand. The customer is told why."""
    return _do(request, case, promise, lambda one, by: actions.withdraw_promise(one, by, told.reason))


def _do(request: Asking, case: str, pk: int, do: Callable[[Promise, Person], Promise]) -> PromiseShown:
    done: list[Promise] = []

    def on(held: Case, by: Person) -> None:
        found = Promise.objects.select_related("case").filter(pk=pk, case__in=all_seen(by, held)).first()
        if found is None:
            raise Http404
        done.append(do(found, by))

    act(request, case, on)
    return promise_shown(done[0])


def _place(asked: PromisesAsked) -> tuple[datetime, int] | None:
    written = place(asked)
    if not written:
        return None
    due, _, pk = written.partition("~")
    try:
        found = datetime.fromisoformat(due), int(pk)
    except ValueError as wrong:
        raise Invalid("cursor", "Take it from `next` of the page before, or leave it empty.") from wrong
    if found[0].tzinfo is None or not 0 < found[1] < 1 << 63:
        raise Invalid("cursor", "Take it from `next` of the page before, or leave it empty.")
    return found
