"""Draws conversations that ended to be reviewed, by the plan that was in force when each did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, CaseEvent, Message
from tantam.desk.cases.quietly import ends_quietly
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles_long
from tantam.desk.plans import NoPlan, RunningPlan, quality
from tantam.desk.reviews.models import LookedThrough, Review

DRAW = "draw_reviews"
EVERY = timedelta(hours=1)
OVERLAP = timedelta(hours=1)  # so long before the last look something may have been written that was not seen by it
ENDED = "resolved"

recurs(DRAW, EVERY)


@handles_long(DRAW)
def do_draw(payload: Mapping[str, Any]) -> None:
    """Do the drawing as due work."""
    draw()


def draw() -> int:
    """Draw from what ended since the last look; return how many were drawn now.

    The first look of an installation takes nothing older than itself. May run twice, and be killed half way: what was
    drawn stays, and the next look begins where the last whole one ended.
    """
    now = clock.now()
    looked, new = LookedThrough.objects.get_or_create(pk=LookedThrough.ONLY, defaults={"since": now, "until": now})
    if new:
        return 0
    drawn = sum(_draw(each) for each in _ended(max(looked.since, looked.until - OVERLAP), now))
    LookedThrough.objects.filter(pk=looked.pk, until__lt=now).update(until=now)
    return drawn


def keep(event: CaseEvent, plan: RunningPlan, drawn: quality.Drawn, person: Person) -> bool:
    """Keep that it was drawn by this form of that plan, once ever; return whether that is new."""
    with transaction.atomic():
        act = replace(act_on(event.case, Actor.PLAN), plan=plan)
        told = {"plan_version": plan.row, "person": person, "provider": event.case.provider}
        told |= {"level": drawn.level, "drawn_at": act.now, "due_at": drawn.due}
        review, new = Review.objects.get_or_create(case=event.case, form=drawn.form, defaults=told)
        if new:
            act.append("quality_drawn", clause=drawn.clause, review=review.pk, due=drawn.due.isoformat())
        return new


def whose(event: CaseEvent) -> Person | None:
    """Return whose conversation it was: who wrote to the customer last, of people; None where nobody did."""
    said = Message.objects.filter(case=event.case_id, direction=Message.Direction.OUTGOING, written_at__lte=event.at)
    said = said.exclude(author=None).exclude(author__role=Role.ASSISTANT)
    last = said.select_related("author").order_by("-id").first()
    return last.author if last else None


def _ended(since: datetime, until: datetime) -> Iterator[CaseEvent]:
    """Yield what ended conversations with customers in that time."""
    found = CaseEvent.objects.filter(code=ENDED, at__gte=since, at__lt=until, case__department="")
    for event in found.select_related("case").order_by("at", "id").iterator(chunk_size=1000):
        if not ends_quietly(event):
            yield event


def _draw(event: CaseEvent) -> int:
    """Draw the conversation that ended with this event by each form of the plan then; one that nobody led by none."""
    try:
        plan = plans.in_force(event.at)
    except NoPlan:
        return 0
    case = event.case
    found = quality.drawn(plan, case.pk, case.provider, event.at)
    person = whose(event) if found else None
    if person is None:
        return 0
    return sum(keep(event, plan, each, person) for each in found)
