"""When colleagues are away, who stands in, and whether they are at their desks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tantam.desk.common import clock
from tantam.desk.common.fields import TimeOrderedId


class Why(models.TextChoices):
    """Why somebody is away. Of an illness nothing more is ever written."""

    LEAVE = "leave", _("Leave")
    SICK = "sick", _("Ill")
    TRAINING = "training", _("Training")
    TRAVEL = "travel", _("Travelling")
    FAMILY = "family", _("Family")
    OTHER = "other", _("Away")


class Absence(models.Model):
    """Somebody is away from `since` up to, not including, `until`. deputy: who stands in, nobody if None.

    One that was taken back stays, with `cancelled_at`. Those of one person never overlap (`actions.be_away`).
    """

    id = TimeOrderedId()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    since = models.DateTimeField()
    until = models.DateTimeField()
    why = models.CharField(max_length=12, choices=Why.choices, default=Why.LEAVE)
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="stands_in")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["until"], name="absence_until", condition=models.Q(cancelled_at__isnull=True)),
            models.Index(fields=["person", "until"], name="absence_of_person"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="absence_forward")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.since:%Y-%m-%d} {self.until:%Y-%m-%d}"


class Presence(models.Model):
    """Whether somebody is at their desk. state: as they chose; seen_at: their latest request, to the minute."""

    class State(models.TextChoices):
        HERE = "here", _("Here")
        BUSY = "busy", _("Busy")
        GONE = "gone", pgettext_lazy("presence", "Gone")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="presence"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.HERE)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"
