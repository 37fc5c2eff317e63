"""The plan for programs: what is in force, its versions and clauses, and the directives laid over it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import get_language
from ninja import Path, Query, Schema, Status
from pydantic import AwareDatetime, Field

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.api.room import Room
from tantam.desk.api.shown import Done, Name, name_of
from tantam.desk.api.token import Asking, a_person, anybody, overseers
from tantam.desk.api.told import PageAsked, Told, first, know, numbered, paged
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan, clauses, directives
from tantam.desk.plans.actions import NewDirective, acknowledge, direct, withdraw_directive
from tantam.desk.plans.models import Directive, PlanVersion
from tantam.desk.plans.topics import topics

room = Room("plan", "read:plans", "write:plans")
shared = Room("plan", "read:plans", "write:plans", who=anybody, router=room.router)
companys = Room("plan", "read:plans", "write:plans", who=overseers, router=room.router)
router = room.router
Number = Annotated[int, Path(ge=1, lt=2**31, description="A number of a version or directive.")]


class NamedLabel(Schema):
    """A name of the plan, and how it is called in the language asked for."""

    name: str
    label: str


class ClauseShown(Schema):
    """A clause of the plan in words."""

    address: str
    name: str
    words: str


class PlanShown(Schema):
    """The plan in force. version: its number; directives: the numbers of those that are laid over it."""

    version: str
    hash: str
    in_force_from: datetime
    directives: list[int]
    languages: list[str]
    currency: str
    timezone: str
    levels: list[NamedLabel]
    topics: list[NamedLabel]
    policies: list[NamedLabel]
    clauses: list[ClauseShown]


class VersionShown(Schema):
    """A version that was enacted."""

    version: int
    hash: str
    in_force_from: datetime
    enacted_at: datetime
    enacted_by: Name | None


class VersionPage(Schema):
    """A page of versions, the newest first."""

    items: list[VersionShown]
    next: str


class DirectiveShown(Schema):
    """A directive: a dated overlay on the plan. counts: now; levels, teams: whom it binds, none is everybody."""

    number: int
    title: str
    reason: str
    overlay: str
    notice: dict[str, str]
    levels: list[str]
    teams: list[str]
    begins_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    made_by: Name | None
    counts: bool


class DirectivePage(Schema):
    """A page of directives, the newest first."""

    items: list[DirectiveShown]
    next: str


class DirectiveIn(Told):
    """What counts otherwise and for how long. overlay: YAML as a plan has it, only what is different."""

    title: str = Field(min_length=1, max_length=120)
    overlay: str = Field(min_length=1, max_length=100_000)
    reason: str = Field(min_length=1, max_length=1000)
    ends: AwareDatetime
    begins: AwareDatetime | None = None
    notice: dict[str, str] = Field(default_factory=dict, max_length=5)
    levels: list[str] = Field(default_factory=list, max_length=20)
    teams: list[str] = Field(default_factory=list, max_length=50)


@shared.known("/plan", PlanShown)
def read_plan(request: Asking) -> PlanShown:
    """Read the plan in force: its version, names and clauses. Its ETag changes with the plan and its directives."""
    plan = plans.in_force()
    know(request, f'W/"{plan.number}-{plan.enacted.hash}-{get_language()}"')
    return _plan(plan, get_language() or plan.languages[0])


@companys.get("/plan/versions", VersionPage)
def list_versions(request: Asking, asked: Query[PageAsked]) -> dict[str, Any]:
    """List the versions that were enacted, the newest first. For those who oversee the company."""
    before = numbered(asked)
    found = PlanVersion.objects.filter(base=None).order_by("-number").defer("frozen").select_related("enacted_by")
    rows, more = first(list((found.filter(number__lt=before) if before else found)[: asked.limit + 1]), asked.limit)
    items = [
        VersionShown(
            version=each.number,
            hash=each.hash,
            in_force_from=each.in_force_from,
            enacted_at=each.enacted_at,
            enacted_by=name_of(each.enacted_by),
        )
        for each in rows
    ]
    return paged(request, items, str(rows[-1].pk) if more else "")


@room.get("/directives", DirectivePage)
def list_directives(request: Asking, asked: Query[PageAsked]) -> dict[str, Any]:
    """List the directives, the newest first. A page at a time."""
    before = numbered(asked)
    found = directives.directives_for(request.person)
    rows, more = first(list((found.filter(number__lt=before) if before else found)[: asked.limit + 1]), asked.limit)
    return paged(request, [_directive(each) for each in rows], str(rows[-1].pk) if more else "")


@companys.post("/directives", DirectiveShown, 201)
def make_directive(request: Asking, told: DirectiveIn) -> Status[DirectiveShown]:
    """Lay a directive over the plan. For managers; the plan with it is checked first."""
    new = NewDirective(**told.dict(exclude={"levels", "teams"}), levels=tuple(told.levels), teams=tuple(told.teams))
    return Status(201, _directive(direct(new, person=_manager(request))))


@room.get("/directives/{number}", DirectiveShown)
def read_directive(request: Asking, number: Number) -> DirectiveShown:
    """Read one directive."""
    return _directive(directives.directive_for(request.person, number))


@companys.post("/directives/{number}/withdraw", DirectiveShown)
def withdraw(request: Asking, number: Number) -> DirectiveShown:
    """Let a directive count no longer. For managers."""
    found = directives.directive_for(_manager(request), number)
    return _directive(withdraw_directive(found, person=_manager(request)))


@room.post("/directives/{number}/acknowledge", Done)
def acknowledge_directive(request: Asking, number: Number) -> Done:
    """Note that you read a directive."""
    acknowledge(directives.directive_for(request.person, number), request.person)
    return Done(id=str(number))


@room.post("/plan/versions/{number}/acknowledge", Done)
def acknowledge_version(request: Asking, number: Number) -> Done:
    """Note that you read what a version changes."""
    found = PlanVersion.objects.filter(number=number, base=None).first()
    if found is None:
        raise Http404
    acknowledge(found, request.person)
    return Done(id=str(number))


def _manager(request: Asking) -> Person:
    """Return who directs: a person, for a directive has an author. Raises Forbidden."""
    a_person(request, request.caller)
    return request.person


def _plan(plan: RunningPlan, lang: str) -> PlanShown:
    return PlanShown(
        version=str(plan.version),
        hash=plan.enacted.hash,
        in_force_from=plan.enacted.in_force_from,
        directives=[each.number for each in plan.directives],
        languages=list(plan.languages),
        currency=plan.currency,
        timezone=str(plan.timezone),
        levels=[NamedLabel(name=each, label=plan.level_label(each, lang)) for each in plan.levels()],
        topics=[NamedLabel(name=each.name or each.policy, label=each.label) for each in topics(plan, lang)],
        policies=[NamedLabel(name=each, label=plan.policy_label(each, lang)) for each in plan.policies()],
        clauses=[
            ClauseShown(address=address, name=name, words=words)
            for address, name, words in clauses.in_words(plan, lang)
        ],
    )


def _directive(directive: Directive) -> DirectiveShown:
    same = ("number", "title", "reason", "overlay", "notice", "levels", "teams", "begins_at", "ends_at", "withdrawn_at")
    return DirectiveShown(
        counts=directive.begins_at <= clock.now() < directive.until,
        made_by=name_of(directive.made_by),
        **{each: getattr(directive, each) for each in same},
    )
