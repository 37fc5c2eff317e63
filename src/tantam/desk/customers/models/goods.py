"""The very things that were handed over, and when what was bought is to arrive."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models.buying import Product, Purchase

MOST_SERIAL = 64
MOST_TRACKING = 80


class Unit(models.Model):
    """One thing with a serial number. purchase: None while nobody has told who bought it.

    serial is kept as `serials.kept` writes it, so that one number is one unit however it is typed. handed_over_at: of
    this very unit where it came apart from the rest of the purchase; None for that of the purchase.
    """

    id = TimeOrderedId()
    serial = models.CharField(max_length=MOST_SERIAL)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="units")
    purchase = models.ForeignKey(Purchase, null=True, on_delete=models.PROTECT, related_name="units")
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["serial", "product"], name="unit_once")]

    def __str__(self) -> str:
        return self.serial


class Delivery(models.Model):
    """What was bought is to arrive by `due_at`: a promise, kept, broken or withdrawn.

    number: of the shop or the carrier, one a purchase; "" for the only one. promised_at: the first date that the
    customer was told, promised_by: who told it, in words (a shop, a carrier, a colleague). moved: how often another
    date took its place. told_at: when the customer was last told of a change or a delay. ended_at: when it was kept, or
    first broken: another day that a late one is given does not move it.
    """

    class State(models.TextChoices):
        OWED = "owed", pgettext_lazy("delivery", "on its way")
        KEPT = "kept", pgettext_lazy("delivery", "arrived in time")
        BROKEN = "broken", pgettext_lazy("delivery", "late")
        WITHDRAWN = "withdrawn", pgettext_lazy("delivery", "called off")

    id = TimeOrderedId()
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="deliveries")
    number = models.CharField(max_length=40, default="", blank=True)
    tracking = models.CharField(max_length=MOST_TRACKING, default="", blank=True)
    promised_at = models.DateTimeField()
    promised_by = models.CharField(max_length=80, default="", blank=True)
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OWED)
    moved = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["purchase", "number"], name="delivery_of_purchase_once")]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_still_owed", condition=Q(state="owed")),
            models.Index(fields=["ended_at"], name="delivery_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id} {self.number}".strip()
