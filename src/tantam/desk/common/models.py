"""What every room shares: the one table of due work, the counters of the rate limit, the database's name."""

from __future__ import annotations

from django.db import models

from tantam.desk.common.fields import TimeOrderedId


class DueWork(models.Model):
    """A piece of work to be done at a time, claimed by lease: deliveries, promise deadlines, schedules alike.

    Done at least once; `key` makes asking twice harmless, and what it does must be harmless twice. What was done is
    forgotten after a while (`tidying`); what failed stays.
    """

    id = TimeOrderedId()
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="duework_open",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]


class RateCount(models.Model):
    """How often `key` acted in one window of time; `window` counts the hours since 1970."""

    key = models.CharField(max_length=120)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="ratecount_once")]


class Identity(models.Model):
    """Which database this is: a random key, given once; what was written from another one is told apart by it."""

    key = models.CharField(max_length=32)
