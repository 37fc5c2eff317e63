"""A review: a conversation that was drawn when it ended, and what somebody found who looked at it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.plans.models import PlanVersion

MOST_REMARK = 2000  # characters


class Review(models.Model):
    """A conversation is drawn once for each form, and stays drawn; the form is that of `plan_version`.

    person: whose conversation it was; provider: whose queue it was in, "" for the house's. level: whose people review
    it beside managers, "" for nobody. marks: by line of the form, of plans.quality.Mark. points: 0..100. second_by: who
    looked at it, too, where the plan wants four eyes.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SECOND = "second", _("Waiting for a second person")
        DONE = "done", _("Done")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    form = PlanName()
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviewed")
    provider = PlanName(default="")
    level = PlanName(default="")
    drawn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    marks = models.JSONField(default=dict)
    remark = models.TextField(default="")
    points = models.PositiveSmallIntegerField(null=True)
    good = models.BooleanField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "form"], name="review_once")]
        indexes = [
            models.Index(fields=["state", "due_at"], name="review_waiting"),
            models.Index(fields=["person", "-id"], name="review_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.case_id}"

    @property
    def is_done(self) -> bool:
        """Whether it says how the conversation went."""
        return self.state == self.State.DONE


class LookedThrough(models.Model):
    """From when until when it is known of every conversation that ended whether it is drawn; one row."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.until.isoformat()
