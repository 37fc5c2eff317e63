"""Who is in which group and why, from when to when; what customers told of themselves; how far a count has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.fields import MOST_PLAN_NAME, PlanName, TimeOrderedId
from tantam.desk.customers.models import Customer
from tantam.desk.plans.models import PlanVersion

MOST_TEXT = 400  # characters of what is told
MOST_CELL = 255


class Belonging(models.Model):
    """One customer in one group, in one cell of a trait of the profile, or at one stage of buying, for some time.

    name: of the group or trait in the plan; "" for the stage. cell: of the trait as written, "" while unknown; of the
    stage its code; "" for a group. because: [[term, value, op, bound], …], as fact texts. until: None while it holds.
    plan_version: under which it was found so.
    """

    class Kind(models.TextChoices):
        GROUP = "group", _("Group")
        TRAIT = "trait", _("Trait")
        STAGE = "stage", _("Stage of buying")

    class Stage(models.TextChoices):
        BUYER = "buyer", _("Buying customers")
        PROSPECT = "prospect", _("Prospects")
        LOST = "lost", _("Lost customers")

    id = TimeOrderedId()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="belongings")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = PlanName(default="")
    cell = models.CharField(max_length=MOST_CELL, default="")
    because = models.JSONField(default=list)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind", "name"], name="belonging_once", condition=Q(until__isnull=True)
            )
        ]
        indexes = [
            models.Index(
                fields=["kind", "name", "cell", "customer"], name="belonging_now", condition=Q(until__isnull=True)
            ),
            models.Index(fields=["kind", "since"], name="belonging_since"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.cell}"


class Told(models.Model):
    """What a customer told of themselves, for a term of the plan that nothing on record gives. text: as fact text."""

    id = TimeOrderedId()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="told_traits")
    term = models.CharField(max_length=MOST_PLAN_NAME)
    text = models.CharField(max_length=MOST_TEXT)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "term"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.term} {self.customer_id}"


class Count(models.Model):
    """One count of all customers under one plan. reached: the key of the last customer counted; number: how many.

    looked_at: up to when changes were looked for since it ended.
    """

    id = TimeOrderedId()
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    reached = models.BigIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d} {self.number}"
