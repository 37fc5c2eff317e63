"""Which question a settled case's customer is asked, and whether they may still answer it or change their answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from tantam.desk.cases.facts import groups_of, known_of
from tantam.desk.cases.models import Case
from tantam.desk.cases.quietly import ended_quietly
from tantam.desk.feedback.models import Rating
from tantam.desk.plans import RunningPlan, ratings
from tantam.desk.plans.ratings import Asked

CHANGEABLE = timedelta(days=7)
MOST_WORDS = 2000


def question_of(case: Case, plan: RunningPlan, lang: str, now: datetime) -> Asked | None:
    """Return what the plan asks about this case once it is settled.

    None for nothing, between departments, and of what ended as spam.
    """
    if case.department or (case.status == Case.Status.RESOLVED and ended_quietly(case)):
        return None
    groups = groups_of(case, known_of(case, plan, now), plan, now=now) if ratings.asks_groups(plan) else ()
    return ratings.asked_once_settled(plan, lang, stage=case.stage, groups=groups)


def answers(rating: Rating, asked: Asked) -> bool:
    """Whether the score that was given says anything on this scale: a 4 of 5 is no 4 of 10."""
    return rating.score is not None and rating.scale() == (asked.survey, asked.question, asked.low, asked.high)


def may_rate(case: Case, rating: Rating | None, now: datetime) -> bool:
    """Whether a score may be given now: of a settled case for the first time, and for a week after it anew."""
    if rating is None or rating.rated_at is None:
        return case.status == Case.Status.RESOLVED
    return now < rating.rated_at + CHANGEABLE
