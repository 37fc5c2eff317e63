"""The customer says how they were served: a score on the plan's scale, and words if they like."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases import joined
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.feedback.models import Rating
from tantam.desk.feedback.questions import MOST_WORDS, answers, may_rate, question_of
from tantam.desk.plans.ratings import Asked


def rate(case: Case, score: int | None, words: str = "") -> Rating:
    """Return the rating of the case that stands for this one. The same once more changes nothing.

    score: None where none was chosen. words: "" leaves those that were given before. One that was joined to another
    customer's case is that one's to rate. A score on the scale of before is none on this one.
    Raises Refused: not_asked, bad_score, rating_over, too_long.
    """
    said = words.replace("\x00", "").strip()
    if len(said) > MOST_WORDS:
        raise Refused("too_long", most=MOST_WORDS)
    with transaction.atomic():
        act = joined.act_on_target(case, Actor.CUSTOMER)
        theirs = act.case.customer_id == case.customer_id
        asked = question_of(act.case, act.plan, act.case.language, act.now) if theirs else None
        if asked is None:
            raise Refused("not_asked")
        if score is None or score not in asked.scores():
            raise Refused("bad_score", low=asked.low, high=asked.high)
        before = Rating.objects.filter(case=act.case).first()
        if not may_rate(act.case, before, act.now):
            raise Refused("rating_over")
        if before and answers(before, asked) and before.score == score and said in ("", before.words):
            return before
        return _keep(act, asked, before or Rating(case=act.case), score, said)


def _keep(act: Act, asked: Asked, rating: Rating, score: int, words: str) -> Rating:
    changed = not answers(rating, asked) or rating.score != score
    rating.survey, rating.question, rating.low, rating.high = asked.survey, asked.question, asked.low, asked.high
    rating.score, rating.words, rating.plan_version = score, words or rating.words, act.plan.row
    rating.rated_at, rating.changed_at = rating.rated_at or act.now, act.now
    rating.save()
    if changed:
        act.append(
            "rated",
            clause=asked.clause,
            survey=asked.survey,
            question=asked.question,
            score=score,
            low=asked.low,
            high=asked.high,
            outcome="pleased" if asked.is_pleased(score) else "not_pleased",
            poor=int(asked.poor_below is not None and score < asked.poor_below),
        )
    return rating
