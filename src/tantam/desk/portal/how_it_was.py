"""The question how a case was served, as its customer sees it, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.desk import plans
from tantam.desk.cases.models import Case
from tantam.desk.feedback.models import Rating
from tantam.desk.feedback.questions import CHANGEABLE, answers, may_rate, question_of
from tantam.desk.plans import RunningPlan, ratings
from tantam.desk.plans.ratings import Asked


@dataclass(frozen=True, slots=True)
class Score:
    """One answer that may be given. label: in words where the plan has them, else the number."""

    value: int
    label: str
    given: bool


@dataclass(frozen=True, slots=True)
class HowItWas:
    """The question. given: the score so far, None before the first. open: it may be given, or changed until `until`."""

    asked: Asked
    scores: tuple[Score, ...]
    given: Score | None
    words: str
    open: bool
    until: datetime | None

    @property
    def asked_anew(self) -> bool:
        """Whether the score was given on another scale than the one that is asked on now."""
        return self.given is not None and not any(each.given for each in self.scores)


def _given(rating: Rating, lang: str) -> Score | None:
    """Return what was given as it was called when the plan asked, else with its scale: 4/5; None where nothing was."""
    if rating.score is None:
        return None
    made_by = plans.version(rating.plan_version_id)
    label = ratings.label(made_by, rating.survey, rating.question, rating.score, lang)
    return Score(rating.score, label or f"{rating.score}/{rating.high}", given=True)


def how_it_was(case: Case, plan: RunningPlan, lang: str, now: datetime) -> HowItWas | None:
    """Return the question about a case, None where the plan asks nothing, or it is not the time to ask."""
    rating = Rating.objects.filter(case=case).first()
    opened = may_rate(case, rating, now)
    if not opened and (rating is None or rating.score is None):
        return None
    asked = question_of(case, plan, lang, now)
    if asked is None:
        return None
    chosen = rating.score if rating and answers(rating, asked) else None
    scores = tuple(Score(each, asked.labels.get(each, str(each)), each == chosen) for each in asked.scores())
    return HowItWas(
        asked,
        scores,
        _given(rating, lang) if rating else None,
        rating.words if rating else "",
        open=opened,
        until=rating.rated_at + CHANGEABLE if rating and rating.rated_at else None,
    )
