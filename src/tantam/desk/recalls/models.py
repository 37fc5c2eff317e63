"""A batch that is faulty, and each thing of it that somebody owns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from tantam.desk.claims.models import Claim
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.customers.models import Product, Purchase
from tantam.desk.customers.models.goods import MOST_SERIAL

MOST_WORDS = 2000


class Recall(models.Model):
    """A product of which some are faulty, by serial numbers, or by the days on which they were handed over.

    serials: as `serials.kept` writes them; empty where the days say which: since and until, both included, in the
    company's zone. policy: by which it is put right. facts: {term: fact text} that hold for all of them, looked at.
    words: what the owners read, theirs as written.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("recall", "prepared")
        RUNNING = "running", pgettext_lazy("recall", "under way")
        DONE = "done", pgettext_lazy("recall", "all owners are seen to")
        STOPPED = "stopped", pgettext_lazy("recall", "stopped")

    id = TimeOrderedId()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="recalls")
    serials = models.JSONField(default=list)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    policy = PlanName()
    facts = models.JSONField(default=dict)
    words = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)


class Owned(models.Model):
    """One thing of a recall that somebody bought. serial: "" where none is known. claim: by which it is put right.

    reached: whether its owner has an address that letters go to; who has none is called.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("recall", "still to be seen to")
        OPENED = "opened", pgettext_lazy("recall", "told, and put right by the plan")
        CLAIMED = "claimed", pgettext_lazy("recall", "had asked before")

    id = TimeOrderedId()
    recall = models.ForeignKey(Recall, on_delete=models.CASCADE, related_name="owned")
    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="+")
    serial = models.CharField(max_length=MOST_SERIAL, default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="+")
    reached = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recall", "purchase", "serial"], name="owned_once_a_recall")]
        indexes = [models.Index(fields=["recall", "state"], name="owned_by_state")]
