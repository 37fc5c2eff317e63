"""What a customer said of how their case was served, by the question that the plan asks."""

from __future__ import annotations

from django.db import models

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.plans.models import PlanVersion


class Rating(models.Model):
    """One a case. survey, question: their names in the plan version that asked; low, high: the question's scale.

    score: None while it was only asked for by letter. asked_at: when the letter went, None without one. rated_at: when
    a score was first given, changed_at: when it, or the words, were given last.
    """

    id = TimeOrderedId()
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="rating")
    survey = PlanName()
    question = PlanName()
    low = models.SmallIntegerField()
    high = models.SmallIntegerField()
    score = models.SmallIntegerField(null=True)
    words = models.TextField(default="")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    asked_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    def scale(self) -> tuple[str, str, int, int]:
        """Return the question and the scale that the score belongs to."""
        return self.survey, self.question, self.low, self.high

    def __str__(self) -> str:
        return f"{self.case_id} {self.score}"
