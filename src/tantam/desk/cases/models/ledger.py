"""What is owed to customers."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models.case import Case
from tantam.desk.common.fields import ClauseAddress, PlanName, TimeOrderedId
from tantam.desk.plans.models import PlanVersion


class Promise(models.Model):
    """Something owed to a customer by a time: the ledger. Ends kept, broken, or withdrawn with the customer told.

    While the customer is asked, `paused_at` is set and `minutes_left` holds the open minutes that remain.
    A broken promise stays broken; `fulfilled_at` says when it was done after all.

    by_hand: a person made it, in `words`; a visit has a `place` and `ends_at`. moved: how often its time was changed,
    moved_late: after it was due or within its last hour. owed_by: the department that owes it, "" for the desk.
    supports: the promise to the outer customer that rests on this one.
    """

    class State(models.TextChoices):
        OWED = "owed", _("Owed")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Broken")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    kind = PlanName()
    clock = PlanName(default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    minutes_left = models.FloatField(null=True)
    ended_at = models.DateTimeField(null=True)
    fulfilled_at = models.DateTimeField(null=True)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    clause = ClauseAddress()
    because = models.JSONField(default=dict)
    every_minutes = models.PositiveIntegerField(null=True)
    how_sure = PlanName(default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    by_hand = models.BooleanField(default=False)
    words = models.CharField(max_length=200, default="")
    place = models.CharField(max_length=200, default="")
    ends_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    moved = models.PositiveSmallIntegerField(default=0)
    moved_late = models.PositiveSmallIntegerField(default=0)
    owed_by = PlanName(default="")
    supports = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="rests_on")

    class Meta:
        indexes = [
            models.Index(fields=["case", "state"], name="promise_of_case"),
            models.Index(fields=["due_at"], name="promise_owed", condition=models.Q(state="owed")),
        ]

    @property
    def over_at(self) -> datetime:
        """The instant after which it is broken: of an appointment or visit its end."""
        return self.ends_at or self.due_at

    @property
    def still_to_keep(self) -> bool:
        """Whether it is owed, or was broken and is not made good."""
        return self.state == self.State.OWED or (self.state == self.State.BROKEN and self.fulfilled_at is None)


# Asked of the database: what `still_to_keep` says, and what is owed with a clock that does not stand.
STILL_TO_KEEP = models.Q(state=Promise.State.OWED) | models.Q(state=Promise.State.BROKEN, fulfilled_at=None)
RUNNING = models.Q(state=Promise.State.OWED, paused_at=None)
