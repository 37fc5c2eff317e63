"""How the example's customers say that they were served: some of them, by whether what was owed to them was kept.

Written at once, as `rate` writes each: a year of them one by one would take seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Count, Q

from tantam.desk.cases.models import Actor, Case, CaseEvent, Promise
from tantam.desk.common import clock
from tantam.desk.demo.words import said_lately
from tantam.desk.feedback.models import Rating
from tantam.desk.plans import RunningPlan, ratings
from tantam.desk.plans.ratings import Asked

SEED = 20260411
ANSWER = 0.34  # the share of customers who do
WRITE = 0.3  # the share of those who add words
LATEST = timedelta(days=3)
# How many in a hundred give each score, the best first, where all promises were kept, and where one was not.
KEPT, BROKEN = (54, 31, 9, 4, 2), (14, 26, 24, 21, 15)


def rate_cases(plan: RunningPlan, until: datetime) -> None:
    """Let them answer up to `until` what the plan asks once a case is settled; where it asks nothing, nothing is."""
    dice, given = Random(SEED), []
    broken = Count("promises", filter=Q(promises__state=Promise.State.BROKEN))
    settled = Case.objects.filter(status=Case.Status.RESOLVED, department="", customer__internal=False)
    for case in settled.annotate(broken=broken).order_by("opened_at", "subject"):
        asked = ratings.asked_once_settled(plan, case.language, stage=case.stage, groups=())
        at = case.resolved_at + LATEST * dice.random() ** 3
        if asked is not None and dice.random() < ANSWER and at < until:
            given.append((_rating(case, asked, plan, at, dice), asked))
    with transaction.atomic():
        Rating.objects.bulk_create((each for each, _asked in given), batch_size=500)
        CaseEvent.objects.bulk_create(_events(given), batch_size=500)


def _rating(case: Case, asked: Asked, plan: RunningPlan, at: datetime, dice: Random) -> Rating:
    best_first = sorted(asked.scores(), reverse=True)
    weights = (BROKEN if case.broken else KEPT)[: len(best_first)]
    score = dice.choices(best_first[: len(weights)], weights)[0]
    mood = "pleased" if asked.is_pleased(score) else "poor"
    words = said_lately(dice, case.language, mood) if dice.random() < WRITE else ""
    same = {"survey": asked.survey, "question": asked.question, "low": asked.low, "high": asked.high}
    with clock.set_to(at):
        return Rating(case=case, score=score, words=words, plan_version=plan.row, rated_at=at, changed_at=at, **same)


def _events(given: list[tuple[Rating, Asked]]) -> Iterator[CaseEvent]:
    for rating, asked in given:
        same = {each: getattr(rating, each) for each in ("survey", "question", "score", "low", "high")}
        said = {
            "outcome": "pleased" if asked.is_pleased(rating.score) else "not_pleased",
            "poor": int(asked.poor_below is not None and rating.score < asked.poor_below),
        }
        with clock.set_to(rating.rated_at):
            yield CaseEvent(
                case_id=rating.case_id,
                at=rating.rated_at,
                code="rated",
                args=same | said,
                actor=Actor.CUSTOMER,
                plan_version_id=rating.plan_version_id,
                clause=asked.clause,
            )
