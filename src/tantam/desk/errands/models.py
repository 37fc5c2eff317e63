"""An errand: a case that was handed to a provider with what is asked and by when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case, Message
from tantam.desk.common.fields import PlanName, TimeOrderedId


class Errand(models.Model):
    """What a provider owes us on a case by `due_at`; of a case, one at a time. What the customer is owed runs on.

    asked, answer: the notes in which it was asked and answered, None once their words are gone. late_at: when its time
    passed unanswered. ended_at: when it was answered, or taken back.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Taken back")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="errands")
    provider = PlanName()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_at=None), name="errand_one_at_a_time")
        ]
        indexes = [models.Index(fields=["provider", "-asked_at"], name="errand_of_provider")]

    def __str__(self) -> str:
        return f"{self.provider} {self.case_id}"

    @property
    def is_open(self) -> bool:
        """Whether the provider still owes an answer."""
        return self.state == self.State.ASKED
