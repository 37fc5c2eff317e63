"""Some of the example's conversations were drawn to be looked at; most of them were, a few still wait."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan, quality
from tantam.desk.plans.quality import Drawn, Mark
from tantam.desk.reviews.actions import Verdict, review
from tantam.desk.reviews.drawing import ENDED, keep, whose
from tantam.desk.reviews.models import Review

SEED = 20260318
FEWEST = 200  # cases: a smaller year is one that somebody counts
NUMBER = 16
LATELY = timedelta(weeks=12)
SOON, LATER, DUE = timedelta(minutes=30), timedelta(days=2), timedelta(days=7)
WAITS = timedelta(days=4)  # what ended since then nobody has looked at yet
MISSING, UNSEEN = 0.14, 0.12  # of the lines of a form
REMARKS = (
    "Nghe khách nói hết rồi mới trả lời, rất tốt.",
    "Lần sau nhớ hẹn khách một giờ cụ thể.",
    "Trả lời đúng chính sách, giải thích dễ hiểu.",
    "",
)


def look_at_conversations(plan: RunningPlan, until: datetime) -> None:
    """Draw some of those that ended in the weeks before `until` by the plan's first form, and let a manager look."""
    forms, manager = quality.forms(plan), Person.objects.filter(role=Role.MANAGER).order_by("pk").first()
    if not forms or manager is None or Case.objects.count() < FEWEST:
        return
    dice = Random(SEED)
    ended = CaseEvent.objects.filter(code=ENDED, at__gt=until - LATELY, at__lt=until - SOON, case__department="")
    found = list(ended.select_related("case").order_by("at", "case__subject"))
    with transaction.atomic():
        for event in sorted(dice.sample(found, min(NUMBER, len(found))), key=lambda each: each.at):
            _draw(event, plan, forms[0])
        for drawn in Review.objects.filter(state=Review.State.WAITING, drawn_at__lt=until - WAITS).order_by("drawn_at"):
            marks = {each: _mark(dice) for each in quality.items(plan, drawn.form)}
            with clock.set_to(drawn.drawn_at + LATER), suppress(Refused):  # it may have been the manager's own
                review(drawn, manager, Verdict(marks, dice.choice(REMARKS)))


def _draw(event: CaseEvent, plan: RunningPlan, form: str) -> None:
    person = whose(event)
    if person is not None:
        with clock.set_to(event.at + SOON):
            keep(event, plan, Drawn(form, "", event.at + DUE, quality.clause_of(form)), person)


def _mark(dice: Random) -> str:
    lot = dice.random()
    return (Mark.NO if lot < MISSING else Mark.NONE if lot < MISSING + UNSEEN else Mark.YES).value
