"""How the customer says that they were served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.feedback.models import Rating
from tantam.desk.plans import ratings, version
from tantam.desk.web.panels import Shown, panel


@panel("rating", "right", 15)
def show(shown: Shown) -> Mapping[str, Any] | None:
    """Return the score and their words; one query where they rated it, none where not."""
    if shown.log and shown.log.whole and not shown.log.of(("rated",), shown.case):
        return None
    rating = Rating.objects.filter(case=shown.case).exclude(score=None).first()
    if rating is None:
        return None
    plan = version(rating.plan_version_id)
    label = ratings.label(plan, rating.survey, rating.question, rating.score or 0, shown.lang)
    return {
        "rating": rating,
        "label": label,
        "question": ratings.words(plan, rating.survey, rating.question, shown.lang),
    }
