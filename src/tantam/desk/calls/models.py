"""A call as it was told of or written down, and a call back that is owed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from tantam.desk.accounts.models import MOST_EXTENSION
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common.fields import TimeOrderedId

MOST_CALL = 120  # characters by which a telephone system names a call
MOST_NUMBER = 20  # E.164 has 16


class Call(models.Model):
    """One call. What is told of it comes in any order: each instant is kept apart, None until it is told.

    name: by which the telephone system knows it, None for one that a colleague wrote down. number: of the other side,
    E.164, "" for one withheld. line: ours, as the system says it. at: the earliest instant that is known of it.
    outside: it came while nobody answers the telephone, by the plan then in force. person: who spoke, where known.
    """

    class Direction(models.TextChoices):
        INCOMING = "in", "in"
        OUTGOING = "out", "out"

    id = TimeOrderedId()
    name = models.CharField(max_length=MOST_CALL, unique=True, null=True)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    number = models.CharField(max_length=MOST_NUMBER, default="")
    line = models.CharField(max_length=MOST_EXTENSION, default="")
    extension = models.CharField(max_length=MOST_EXTENSION, default="")
    at = models.DateTimeField()
    rang_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outside = models.BooleanField(default=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="calls")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["number", "-at"], name="call_of_number"),
            models.Index(fields=["-at"], name="call_newest"),
        ]

    @property
    def length(self) -> timedelta | None:
        """How long was spoken, None where it is not known."""
        if self.answered_at is None or self.ended_at is None:
            return None
        return max(self.ended_at - self.answered_at, timedelta(0))


class Callback(models.Model):
    """What the telephone knows of a promised call back; by when it is owed and how it ended, the promise says.

    number: E.164, whom to call. calls, first_at, last_at: how often they called us in vain, 0 where they asked to be
    called. tries, tried_at: how often we called in vain. claimed_by: who is calling just now, until `claimed_until`.
    """

    id = TimeOrderedId()
    promise = models.OneToOneField(Promise, on_delete=models.CASCADE, related_name="callback")
    number = models.CharField(max_length=MOST_NUMBER, default="", db_index=True)
    calls = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    claimed_until = models.DateTimeField(null=True)

    def is_claimed(self, now: datetime) -> bool:
        """Whether somebody is calling just now."""
        return self.claimed_until is not None and self.claimed_until > now
