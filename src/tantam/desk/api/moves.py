"""What colleagues do with a case, for programs: each address is the action that the page's button calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404
from ninja import Status
from pydantic import AwareDatetime, Field

from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.api.errors import Invalid
from tantam.desk.api.room import Room
from tantam.desk.api.shown import CaseShort, Done, case_short
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Id, Ref, Told, Word, case_mark, unchanged
from tantam.desk.cases import actions
from tantam.desk.cases.access import case_for
from tantam.desk.cases.models import Actor, Case, CaseLink, Parting, Pin, Tag
from tantam.desk.cases.moving import Losses
from tantam.desk.common.errors import Refused
from tantam.desk.plans.models import PlanVersion

room = Room("acting on cases", "read:cases", "write:cases")
router = room.router
MOST_NOTE = 2000


class Noted(Told):
    """Why, for colleagues."""

    note: str = Field("", max_length=MOST_NOTE)


class HandedOver(Noted):
    """To whom: a colleague or a level of the plan, one of them."""

    person: Ref | None = None
    level: Word = ""


class Escalated(Noted):
    """Why it goes up. reason: asked, authority, knowledge, severity or missed"""

    reason: Word = "asked"


class Graded(Noted):
    """A severity of the plan."""

    severity: Word


class Resolved(Told):
    """What the customer is told; empty tells them the usual words."""

    body: str = Field("", max_length=20_000)


class Slept(Told):
    """Until when it sleeps; null until the customer's next word."""

    until: AwareDatetime | None = None


class Pinned(Told):
    """What stands on top: a highlight, or a question that is open."""

    words: str = Field(min_length=1, max_length=300)
    kind: Pin.Kind = Pin.Kind.HIGHLIGHT


class Learned(Told):
    """The answer to a question."""

    learned: str = Field(min_length=1, max_length=500)


class Tagged(Told):
    """A tag."""

    name: str = Field(min_length=1, max_length=40)


class Linked(Told):
    """Another case, by id or reference, and what it has to do with this one."""

    other: str = Field(pattern=r"^[0-9A-Za-z-]{1,20}$")
    kind: CaseLink.Kind = CaseLink.Kind.RELATED


class Merged(Told):
    """Into which case, by id or reference. sure: although it belongs to another customer."""

    into: str = Field(pattern=r"^[0-9A-Za-z-]{1,20}$")
    sure: bool = False


class Parted(Told):
    """Which messages move into a case of their own."""

    messages: list[Ref] = Field(min_length=1, max_length=200)
    subject: str = Field("", max_length=200)


class FilledIn(Told):
    """Terms of the plan, written as the plan writes them; empty takes one away."""

    fields: dict[Word, str] = Field(min_length=1, max_length=50)


class Moved(Told):
    """A number of an enacted version. losses: keep or take what the customer would lose."""

    version: int = Field(ge=1, lt=1_000_000)
    losses: str = Field("keep", pattern="^(keep|take)$")


Do = Callable[[Case, Person], Any]


def act(request: Asking, case: str, do: Do) -> Case:
    """Do it to the case if it stands as it was read, and return the case with its new ETag told."""
    with unchanged(request, case_for(request.person, case)) as held:
        do(held, request.person)
    after = case_for(request.person, held.pk)
    request.told["ETag"] = case_mark(after)
    return after


@room.move("/cases/{case}/take", CaseShort)
def take_case(request: Asking, case: CaseRef) -> CaseShort:
    """Take a case that nobody has."""
    return case_short(act(request, case, actions.take))


@room.move("/cases/{case}/hand-over", CaseShort)
def hand_over_case(request: Asking, case: CaseRef, told: HandedOver) -> CaseShort:
    """Hand a case to a colleague or a level."""
    if (told.person is None) == (not told.level):
        raise Invalid("person", "Give a person or a level, one of them.")
    to: Person | str = told.level if told.person is None else colleague(told.person)
    return case_short(act(request, case, lambda held, by: actions.hand_over(held, by, to, note=told.note)))


@room.move("/cases/{case}/escalate", CaseShort)
def escalate_case(request: Asking, case: CaseRef, told: Escalated) -> CaseShort:
    """Give a case to the level above, by the plan."""
    return case_short(
        act(request, case, lambda held, by: actions.escalate(held, by, reason=told.reason, note=told.note))
    )


@room.move("/cases/{case}/deescalate", CaseShort)
def deescalate_case(request: Asking, case: CaseRef, told: Noted) -> CaseShort:
    """Give a case back to the level below."""
    return case_short(act(request, case, lambda held, by: actions.deescalate(held, by, told.note)))


@room.move("/cases/{case}/give-back", CaseShort)
def give_back_case(request: Asking, case: CaseRef) -> CaseShort:
    """Give a case back to whom it was taken from while they were away."""
    return case_short(act(request, case, actions.give_back))


@room.move("/cases/{case}/grade", CaseShort)
def grade_case(request: Asking, case: CaseRef, told: Graded) -> CaseShort:
    """Say how severe a case is."""
    return case_short(act(request, case, lambda held, by: actions.grade(held, by, told.severity, note=told.note)))


@room.move("/cases/{case}/resolve", CaseShort)
def resolve_case(request: Asking, case: CaseRef, told: Resolved) -> CaseShort:
    """Settle a case and tell the customer."""
    return case_short(act(request, case, lambda held, by: actions.resolve(held, by, told.body)))


@room.move("/cases/{case}/reopen", CaseShort)
def reopen_case(request: Asking, case: CaseRef, told: Noted) -> CaseShort:
    """Open a settled case again."""

    def reopen(held: Case, by: Person) -> object:
        return actions.reopen(held, by=Actor.PERSON, person=by, reason=told.note)

    return case_short(act(request, case, reopen))


@room.move("/cases/{case}/snooze", CaseShort)
def snooze_case(request: Asking, case: CaseRef, told: Slept) -> CaseShort:
    """Put a case to sleep. What is owed goes on, and wakes it in time."""
    until: datetime | None = told.until
    return case_short(act(request, case, lambda held, by: actions.snooze(held, by, until)))


@room.move("/cases/{case}/wake", CaseShort)
def wake_case(request: Asking, case: CaseRef) -> CaseShort:
    """Wake a case."""
    return case_short(act(request, case, actions.wake))


@room.move("/cases/{case}/watch", Done)
def watch_case(request: Asking, case: CaseRef) -> Done:
    """Watch a case."""
    act(request, case, actions.watch)
    return Done()


@room.move("/cases/{case}/unwatch", Done)
def unwatch_case(request: Asking, case: CaseRef) -> Done:
    """Watch a case no longer."""
    act(request, case, actions.unwatch)
    return Done()


@room.move("/cases/{case}/pins", Done, 201)
def pin_words(request: Asking, case: CaseRef, told: Pinned) -> Status[Done]:
    """Pin a highlight or an open question on top of a case."""
    made: list[Pin] = []
    act(request, case, lambda held, by: made.append(actions.pin(held, by, told.words, kind=told.kind)))
    return Status(201, Done(id=str(made[0].pk)))


@room.move("/cases/{case}/pins/{pin}/settle", Done)
def settle_pin(request: Asking, case: CaseRef, pin: Id, told: Learned) -> Done:
    """Settle an open question with what was learned."""
    act(request, case, lambda held, by: actions.settle_pin(_pin(held, pin), by, told.learned))
    return Done(id=str(pin))


@room.take_away("/cases/{case}/pins/{pin}")
def unpin(request: Asking, case: CaseRef, pin: Id) -> Status[None]:
    """Take a pin off a case."""
    act(request, case, lambda held, by: actions.unpin(_pin(held, pin), by))
    return Status(204, None)


@room.move("/cases/{case}/tags", Done, 201)
def tag_case(request: Asking, case: CaseRef, told: Tagged) -> Status[Done]:
    """Put a tag on a case."""
    made: list[Tag] = []
    act(request, case, lambda held, by: made.append(actions.tag(held, by, told.name)))
    return Status(201, Done(id=str(made[0].pk)))


@room.take_away("/cases/{case}/tags/{tag}")
def untag_case(request: Asking, case: CaseRef, tag: Id) -> Status[None]:
    """Take a tag off a case."""

    def untag(held: Case, by: Person) -> object:
        return actions.untag(held, by, _there(Tag.objects.filter(pk=tag, cases__case=held).first()))

    act(request, case, untag)
    return Status(204, None)


@room.move("/cases/{case}/links", Done, 201)
def link_case(request: Asking, case: CaseRef, told: Linked) -> Status[Done]:
    """Link a case with another one."""
    made: list[CaseLink] = []
    other = _other(request, told.other)
    act(request, case, lambda held, by: made.append(actions.link(held, by, other, told.kind)))
    return Status(201, Done(id=str(made[0].pk)))


@room.take_away("/cases/{case}/links/{link}")
def unlink_case(request: Asking, case: CaseRef, link: Id) -> Status[None]:
    """Take a link off a case."""

    def unlink(held: Case, by: Person) -> object:
        found = CaseLink.objects.select_related("case", "other").filter(pk=link).first()
        if found is None or held.pk not in (found.case_id, found.other_id):
            raise Http404
        return actions.unlink(found, by)

    act(request, case, unlink)
    return Status(204, None)


@room.move("/cases/{case}/merge", CaseShort)
def merge_case(request: Asking, case: CaseRef, told: Merged) -> CaseShort:
    """Join a case to another one. It can be undone."""
    into = _other(request, told.into)
    return case_short(act(request, case, lambda held, by: actions.merge(held, by, into, sure=told.sure)))


@room.move("/cases/{case}/unmerge", CaseShort)
def unmerge_case(request: Asking, case: CaseRef) -> CaseShort:
    """Undo that a case was joined to another one."""
    return case_short(act(request, case, actions.unmerge))


@room.move("/cases/{case}/part", Done, 201)
def part_case(request: Asking, case: CaseRef, told: Parted) -> Status[Done]:
    """Move messages into a case of their own. It can be undone."""
    made: list[Parting] = []

    def part(held: Case, by: Person) -> None:
        made.append(actions.part(held, by, told.messages, subject=told.subject))

    act(request, case, part)
    return Status(201, Done(id=str(made[0].pk)))


@room.move("/cases/{case}/partings/{parting}/undo", Done)
def unpart_case(request: Asking, case: CaseRef, parting: Id) -> Done:
    """Bring the messages of a parting back."""

    def unpart(held: Case, by: Person) -> object:
        found = Parting.objects.select_related("case", "new_case").filter(pk=parting).first()
        if found is None or held.pk not in (found.case_id, found.new_case_id):
            raise Http404
        return actions.unpart(found, by)

    act(request, case, unpart)
    return Done(id=str(parting))


@room.move("/cases/{case}/fields", CaseShort)
def fill_in_case(request: Asking, case: CaseRef, told: FilledIn) -> CaseShort:
    """Fill in what the plan's terms ask."""
    return case_short(act(request, case, lambda held, by: actions.fill_in(held, by, told.fields)))


@room.move("/cases/{case}/version", CaseShort)
def move_case(request: Asking, case: CaseRef, told: Moved) -> CaseShort:
    """Bring a case under another version of the plan."""
    if not PlanVersion.objects.filter(pk=told.version, base=None).exists():
        raise Invalid("version", "There is no such version. GET /api/v1/plan/versions lists them.")
    losses = Losses(told.losses)
    return case_short(
        act(request, case, lambda held, by: actions.move_to_version(held, by, told.version, losses=losses))
    )


def colleague(pk: int) -> Person:
    """Return who answers customers by this id. Raises Refused("unknown_colleague")."""
    found = colleagues().filter(pk=pk).first()
    if found is None:
        raise Refused("unknown_colleague")
    return found


def _other(request: Asking, written: str) -> Case:
    try:
        return case_for(request.person, written)
    except Http404:
        raise Refused("unknown_case", got=written) from None


def _pin(case: Case, pk: int) -> Pin:
    return _there(Pin.objects.select_related("case").filter(pk=pk, case=case).first())


def _there(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
