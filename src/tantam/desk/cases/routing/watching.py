"""Cases that nobody moves: no colleague did anything on them for as long as their level may let a case lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.act import NO_NEWS
from tantam.desk.cases.models import Actor, Case, CaseEvent
from tantam.desk.plans import RunningPlan
from tantam.desk.plans import routing as by_plan

MOST = 99  # a badge counts no further


@dataclass(frozen=True, slots=True)
class Unmoved:
    """A case, since when nobody moved it, and how long its level may let it lie, as the plan says it."""

    case: Case
    since: datetime


def unmoved(person: Person, now: datetime, *, most: int = 200) -> list[Unmoved]:
    """Return the cases that lie, the longest first, as far as this person may see them. One query."""
    found = _lying(cases_for(person), plans.in_force(now), now).select_related("customer", "owner")
    return [Unmoved(each, each.moved_at) for each in found.order_by("moved_at", "id")[:most]]  # type: ignore[attr-defined]


def how_many(person: Person, now: datetime) -> int:
    """Return how many lie, at most MOST. One query."""
    return len(_lying(cases_for(person), plans.in_force(now), now).values_list("pk")[:MOST])


def rising(now: datetime) -> QuerySet[Case]:
    """Return the cases that lie at a level from which the plan lets them go up by themselves."""
    plan = plans.in_force(now)
    levels = [each for each in plan.levels() if by_plan.goes_up_untouched(plan, each)]
    return _lying(Case.objects.filter(level__in=levels), plan, now)


def _lying(cases: QuerySet[Case], plan: RunningPlan, now: datetime) -> QuerySet[Case]:
    """Keep the open cases that nobody moved for too long; what waits for its customer or sleeps lies for a reason."""
    moves = CaseEvent.objects.filter(case=OuterRef("pk")).filter(Q(actor=Actor.PERSON) | Q(code="escalated"))
    last = moves.exclude(code__in=NO_NEWS).order_by("-id").values("at")[:1]
    lying = Q(pk__in=[])
    for level in plan.levels() or ("",):
        lying |= Q(level=level, moved_at__lte=by_plan.lies_since(plan, level, now))
    still = cases.filter(status=Case.Status.OPEN, snoozed_at=None)
    moved = Greatest(Coalesce(Subquery(last), F("opened_at")), F("opened_at"))
    return still.annotate(moved_at=moved).filter(lying)
