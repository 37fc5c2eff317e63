"""Directives as people meet them: which count, what each means beside the plan, whom it binds, who has read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person, Role
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import changes as changing
from tantam.desk.plans import overlays, versions
from tantam.desk.plans.actions.direct import NewDirective
from tantam.desk.plans.changes import Changes
from tantam.desk.plans.laying import checked, laid
from tantam.desk.plans.models import Acknowledgement, Directive, PlanVersion
from tantam.desk.plans.running import RunningPlan
from tantam.plan.sections import Plan

NEWS = timedelta(days=14)  # so long a new version is told to whoever has not read of it
_DAY = re.compile(r"hours\.[^.]+\.\d{4}-\d\d-\d\d(?=\.|$)")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a directive would mean: the plan with it and without, the changes, and which others say otherwise."""

    plan: RunningPlan
    before: RunningPlan
    changes: Changes
    conflicts: tuple[tuple[Directive, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class News:
    """What a person has not acknowledged yet. version: the one in force, None if they know it."""

    directives: tuple[Directive, ...]
    version: RunningPlan | None

    def __bool__(self) -> bool:
        return bool(self.directives or self.version)


def directives_for(person: Person) -> QuerySet[Directive]:
    """Return the directives, the newest first: all for who may read, else none."""
    found = Directive.objects.select_related("made_by", "withdrawn_by").order_by("-number")
    return found if may_read(person) else found.none()


def directive_for(person: Person, number: int) -> Directive:
    """Return one directive. Raises Http404."""
    found = directives_for(person).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def preview(new: NewDirective) -> Preview:
    """Return what the directive would mean where it begins. Raises Refused, PlanUnreadable, PlanHasFindings, NoPlan."""
    now = clock.now()
    begins = max(new.begins or now, now)
    before = versions.in_force(begins)
    texts = [(each.number, each.overlay) for each in before.directives]
    base = versions.version(before.version).plan
    number = max((each.number for each in overlays.state().directives), default=0) + 1
    plan = checked(base, [*texts, (number, new.overlay)], now)
    if plan.hash == before.plan.hash:
        raise Refused("directive_changes_nothing")
    row = PlanVersion(number=PlanVersion.FIRST_LAID, hash=plan.hash, base=before.enacted)
    conflicts = tuple(_conflicts(before, plan))
    return Preview(RunningPlan(row, plan, before.directives), before, changing.changes(plan, before.plan), conflicts)


def meaning(directive: Directive) -> Changes:
    """Return what the directive says otherwise than the version that was in force when it began, by itself."""
    base = versions.version(versions.in_force(max(directive.begins_at, directive.made_at)).version).plan
    return changing.changes(laid(base, [(directive.number, directive.overlay)]), base)


def binds(directive: Directive, person: Person) -> bool:
    """Whether the person has to read it."""
    everybody = not directive.levels and not directive.teams
    return everybody or person.level in directive.levels or person.team in directive.teams


def bound(directive: Directive) -> QuerySet[Person]:
    """Return the people who work here and whom it binds, by name."""
    people = Person.objects.filter(is_active=True).exclude(role=Role.AUDITOR)
    people = people.filter(~Q(level="") | Q(role__in=(Role.MANAGER, Role.ADMINISTRATOR)))
    if directive.levels or directive.teams:
        named = Q(team__in=[each for each in directive.teams if each])
        people = people.filter(Q(level__in=[each for each in directive.levels if each]) | named)
    return people.order_by("name")


def readers(directive: Directive) -> tuple[list[Acknowledgement], list[Person]]:
    """Return who has acknowledged it and when, first ones first, and who of those bound has not."""
    done = list(directive.read_by.select_related("person").order_by("at"))
    return done, list(bound(directive).exclude(pk__in=[each.person_id for each in done]))


def news(person: Person, plan: RunningPlan, now: datetime) -> News:
    """Return what of the plan in force the person has not acknowledged; no query where nothing is new."""
    laid_now = [each for each in plan.directives if binds(each, person)]
    row = plan.enacted
    begun = max(row.in_force_from, row.enacted_at)
    newer = row.number > 1 and now - begun < NEWS and person.joined_at < begun
    if not laid_now and not newer:
        return News((), None)
    read = set(Acknowledgement.objects.filter(person=person).values_list("directive_id", "version_id"))
    unread = tuple(each for each in laid_now if (each.number, None) not in read)
    return News(unread, versions.version(row.number) if newer and (None, row.number) not in read else None)


def told(directives: Sequence[Directive], lang: str) -> list[tuple[Directive, str]]:
    """Return what customers are told of directives, in `lang` or any language that there is."""
    words = [(each, each.notice.get(lang) or next(iter(each.notice.values()), "")) for each in directives]
    return [(each, said) for each, said in words if said]


def _conflicts(before: RunningPlan, plan: Plan) -> list[tuple[Directive, tuple[str, ...]]]:
    """Return the directives that count then and wrote a clause which the plan, with one more of them, writes too."""
    mine = _clauses(plan, before.plan)
    base = versions.version(before.version).plan
    found = []
    for each in before.directives:
        theirs = _clauses(laid(base, [(each.number, each.overlay)]), base)
        if both := {one for one in mine for other in theirs if _meet(one, other)}:
            found.append((each, tuple(sorted(both))))
    return found


def _clauses(plan: Plan, base: Plan) -> set[str]:
    """Return the clauses that the plan writes otherwise; of hours each day, where it names nothing but days."""
    from tantam.plan import compare  # with what publishes: for whoever enacts a directive alone

    found = {each.clause for each in compare.compare(base, plan)}
    written = changing.texts(plan, base)
    for hours in [each for each in found if each.startswith("hours.")]:
        days = [_DAY.match(each) for each in written if each.startswith(f"{hours}.")]
        if days and all(days):
            found = found - {hours} | {day[0] for day in days if day}
    return found


def _meet(one: str, other: str) -> bool:
    """Whether both are the same clause, or a day and the hours that it is a day of."""
    of_hours = one.startswith("hours.") and (one.startswith(f"{other}.") or other.startswith(f"{one}."))
    return one == other or of_hours
