"""Pairs of customers that may be one, and which were merged, with all that is needed to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import Customer


class Pair(models.Model):
    """Two customers who may be one. first: the one we knew before. reasons: codes of `looking.REASONS`.

    weight: of the reasons together, the heaviest pair is shown first. apart_at: since when a colleague says that they
    are two; None while nobody did.
    """

    id = TimeOrderedId()
    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)
    weight = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()
    apart_at = models.DateTimeField(null=True)
    apart_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(fields=["-weight", "id"], name="pair_heaviest", condition=Q(apart_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}"


class Merging(models.Model):
    """That `gone` became part of `kept`. moved: {table.column: keys of the rows that are kept's now}.

    copied: keys of consents written anew for kept; put_away: rows of gone's that kept had alike, as they were; filled:
    {field of kept: [before, after]}; twins: {key of a contact put away: key of kept's own}, for what pointed there.
    """

    id = TimeOrderedId()
    kept = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)
    moved = models.JSONField(default=dict)
    copied = models.JSONField(default=list)
    put_away = models.JSONField(default=list)
    filled = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], name="merging_once", condition=Q(undone_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} -> {self.kept_id}"
