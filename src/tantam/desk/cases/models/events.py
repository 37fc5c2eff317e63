"""What happened, append-only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models.case import Case
from tantam.desk.common.fields import ClauseAddress, TimeOrderedId
from tantam.desk.plans.models import PlanVersion


class Actor(models.TextChoices):
    """Who did it."""

    PERSON = "person", _("A colleague")
    CUSTOMER = "customer", _("The customer")
    PLAN = "plan", _("The plan")


class CaseEvent(models.Model):
    """What happened, append-only: stable English codes with arguments, never sentences."""

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    code = models.CharField(max_length=40)
    args = models.JSONField(default=dict)
    actor = models.CharField(max_length=10, choices=Actor.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    clause = ClauseAddress(default="")
    handling_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "case_event"  # the name that the measures' SQL reads
        indexes = [
            models.Index(fields=["case", "id"], name="event_of_case"),
            models.Index(fields=["code", "at"], name="event_code_at"),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        """Append the event. Raises ValueError when it was written before."""
        if not self._state.adding:
            raise ValueError("An event is never changed; append another one.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what happened, happened."""
        raise ValueError("An event is never deleted.")
