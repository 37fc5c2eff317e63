"""The team for programs: colleagues, departments and providers, who is on duty, who is away, one's own presence."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import get_language
from ninja import Query, Schema, Status
from pydantic import AwareDatetime

from tantam.desk import duty, plans
from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.api.moves import colleague
from tantam.desk.api.room import Room
from tantam.desk.api.shown import Done, Name, name_of
from tantam.desk.api.token import Asking
from tantam.desk.api.told import Id, PageAsked, Ref, Told, Word, first, numbered, paged
from tantam.desk.common import clock
from tantam.desk.duty import actions
from tantam.desk.duty.access import absences_for, sees_why
from tantam.desk.duty.models import Absence, Why
from tantam.desk.plans import care, departments
from tantam.desk.plans.providers import described

room = Room("team", "read:team", "write:team")
router = room.router


class ColleagueShown(Schema):
    """Somebody who answers customers. level, team, provider: names in the plan."""

    id: str
    name: str
    role: str
    level: str
    team: str
    provider: str


class ColleaguePage(Schema):
    """A page of colleagues."""

    items: list[ColleagueShown]
    next: str


class MeShown(ColleagueShown):
    """Who the token acts as, what it may do, and whether they are at their desk."""

    scopes: list[str]
    presence: str
    on_shift: bool


class OnDutyAsked(Told):
    """Of which level or team; empty is all."""

    level: Word = ""
    team: Word = ""


class PresenceIn(Told):
    """Whether one is at one's desk."""

    state: Literal["here", "busy", "gone"]


class AbsenceIn(Told):
    """From when to when, until not included. person: a colleague, which only managers may enter; else yourself."""

    since: AwareDatetime
    until: AwareDatetime
    why: Why = Why.LEAVE
    person: Ref | None = None
    deputy: Ref | None = None


class AbsenceShown(Schema):
    """Somebody is away. why: only for themselves and those who manage; "" else."""

    id: str
    person: Name
    since: datetime
    until: datetime
    deputy: Name | None
    why: str


class AbsencePage(Schema):
    """A page of absences that last or come."""

    items: list[AbsenceShown]
    next: str


class OwedShown(Schema):
    """What a department owes on asking."""

    name: str
    words: str
    clause: str


class DepartmentShown(Schema):
    """A department of the plan. stakeholder: it is only owed."""

    name: str
    label: str
    stakeholder: bool
    owes: list[OwedShown]


class ProviderShown(Schema):
    """A provider of the plan. queues: the values of a case's provider that are theirs."""

    name: str
    label: str
    queues: list[str]


@room.get("/me", MeShown)
def read_me(request: Asking) -> MeShown:
    """Read who the token acts as, and what it may do."""
    person, now = request.person, clock.now()
    return MeShown(
        **_colleague(person).dict(),
        scopes=sorted(request.caller.scopes),
        presence=duty.presence(person, now),
        on_shift=duty.on_shift(person, now),
    )


@room.post("/me/presence", Done)
def show_presence(request: Asking, told: PresenceIn) -> Done:
    """Say that you are here, busy or gone."""
    actions.show_presence(request.person, told.state)
    return Done()


@room.get("/colleagues", ColleaguePage)
def list_colleagues(request: Asking, asked: Query[PageAsked]) -> dict[str, Any]:
    """List who answers customers. A page at a time."""
    after = numbered(asked) or 0
    found = colleagues().filter(pk__gt=after).order_by("pk")
    rows, more = first(list(found[: asked.limit + 1]), asked.limit)
    return paged(request, [_colleague(each) for each in rows], str(rows[-1].pk) if more else "")


@room.get("/duty", list[ColleagueShown])
def list_on_duty(request: Asking, asked: Query[OnDutyAsked]) -> list[ColleagueShown]:
    """List who is on duty now."""
    return [_colleague(each) for each in duty.on_duty(clock.now(), level=asked.level, team=asked.team)]


@room.get("/absences", AbsencePage)
def list_absences(request: Asking, asked: Query[PageAsked]) -> dict[str, Any]:
    """List who is away or will be. A page at a time."""
    after = numbered(asked) or 0
    found = absences_for(request.person, clock.now()).filter(pk__gt=after).order_by("pk")
    rows, more = first(list(found[: asked.limit + 1]), asked.limit)
    return paged(request, [_absence(each, request.person) for each in rows], str(rows[-1].pk) if more else "")


@room.post("/absences", AbsenceShown, 201)
def enter_absence(request: Asking, told: AbsenceIn) -> Status[AbsenceShown]:
    """Enter an absence of yourself, or for managers of anybody."""
    person = request.person if told.person in (None, request.person.pk) else colleague(told.person or 0)
    deputy = colleague(told.deputy) if told.deputy is not None else None
    away = actions.Away(since=told.since, until=told.until, why=told.why, deputy=deputy)
    return Status(201, _absence(actions.be_away(person, request.person, away), request.person))


@room.post("/absences/{absence}/cancel", Done)
def cancel_absence(request: Asking, absence: Id) -> Done:
    """Take an absence back. One that began ends now."""
    return Done(id=str(actions.cancel_absence(absence, request.person).pk))


@room.get("/departments", list[DepartmentShown])
def list_departments(request: Asking) -> list[DepartmentShown]:
    """List the departments of the plan, and what each owes on asking."""
    plan, lang = plans.in_force(), get_language() or "en"
    owed = departments.asked(plan)
    return [
        DepartmentShown(
            name=each.name,
            label=each.label,
            stakeholder=each.stakeholder,
            owes=[
                OwedShown(name=one.name, words=departments.what(plan, one.clause, lang), clause=one.clause)
                for one in owed
                if one.department == each.name
            ],
        )
        for each in care.departments(plan, lang)
    ]


@room.get("/providers", list[ProviderShown])
def list_providers(request: Asking) -> list[ProviderShown]:
    """List the providers of the plan."""
    plan = plans.in_force()
    found = described(plan, get_language() or "en")
    return [ProviderShown(name=each.name, label=each.label, queues=list(each.queues)) for each in found]


def _colleague(person: Person) -> ColleagueShown:
    same = ("name", "role", "level", "team", "provider")
    return ColleagueShown(id=str(person.pk), **{each: getattr(person, each) for each in same})


def _absence(absence: Absence, reader: Person) -> AbsenceShown:
    who = name_of(absence.person)
    assert who is not None
    return AbsenceShown(
        id=str(absence.pk),
        person=who,
        since=absence.since,
        until=absence.until,
        deputy=name_of(absence.deputy),
        why=absence.why if sees_why(reader, absence) else "",
    )
