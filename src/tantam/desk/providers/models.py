"""What became of providers: who was stopped, by which measure, since when, and who let them serve again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.plans.models import PlanVersion

MOST_REASON = 300


class Stop(models.Model):
    """A provider takes nothing new: one row while it holds, kept when it is lifted.

    measure: the plan's, at `value` (a share of 1, or minutes) over `n` cases. lifted_*: by whom, when, and why.
    """

    id = TimeOrderedId()
    provider = PlanName()
    measure = PlanName()
    value = models.FloatField()
    n = models.PositiveIntegerField()
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MOST_REASON, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider"], condition=models.Q(lifted_at=None), name="provider_stopped_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.measure}"
