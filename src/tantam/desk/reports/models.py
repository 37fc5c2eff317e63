"""What the worker found by the company's figures, kept for pages to read."""

from __future__ import annotations

from django.db import models

from tantam.desk.common.fields import PlanName


class RingingAlarm(models.Model):
    """A measure that is where the plan says that it alarms, as it was measured last. Gone when it rings no more."""

    measure = PlanName(primary_key=True)
    value = models.FloatField()
    n = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.measure
