"""What colleagues marked as spam or as none, and what is counted of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case
from tantam.desk.common.fields import TimeOrderedId

MOST_LEARNED = 60  # characters of a name that is counted


class Mark(models.Model):
    """A colleague's word on what came: in the tray, or on a case. names: what was counted of it, to be taken back.

    One that is taken back keeps its row, with when.
    """

    id = TimeOrderedId()
    arrival = models.ForeignKey(Arrival, null=True, on_delete=models.SET_NULL, related_name="marks")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="spam_marks")
    spam = models.BooleanField()
    names = models.JSONField(default=list)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrival"], condition=models.Q(undone_at=None, arrival__isnull=False), name="mark_once_arrival"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(undone_at=None, case__isnull=False), name="mark_once_case"
            ),
        ]


class Learned(models.Model):
    """In how many marked texts a name stands; the name "" counts all of them."""

    name = models.CharField(max_length=MOST_LEARNED, primary_key=True)
    spam = models.PositiveIntegerField(default=0)
    ham = models.PositiveIntegerField(default=0)
