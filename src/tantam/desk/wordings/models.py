"""What a network approved, as it told us, and what of it went to whom with which values."""

from __future__ import annotations

from django.db import models

from tantam.desk.cases.models import Message
from tantam.desk.common.fields import PlanName, TimeOrderedId

MOST_KEY = 255
MOST_NAME = 512


class Wording(models.Model):
    """A text at a network. key: what the network knows it by; name: what the company called it there.

    language: as the network writes it, such as `vi` or `en_US`. purpose: what it is for, of `customers.Purpose`.
    body: with {{places}}, head and foot among it; "" where the network does not tell it. places: see `Place`.
    shown: where the network shows it, "" for nowhere. unfit: why the desk cannot send it, a code, or "".
    fills: {place: of `filling.SOURCES`}, as colleagues filled it in the last time.
    """

    class State(models.TextChoices):
        APPROVED = "approved"
        PENDING = "pending"
        REFUSED = "refused"
        PAUSED = "paused"
        GONE = "gone"  # the network tells of it no more

    id = TimeOrderedId()
    network = models.CharField(max_length=16)
    key = models.CharField(max_length=MOST_KEY)
    name = models.CharField(max_length=MOST_NAME)
    language = models.CharField(max_length=16)
    purpose = PlanName()
    body = models.TextField(default="")
    places = models.JSONField(default=list)
    shown = models.CharField(max_length=1000, default="")
    state = models.CharField(max_length=16, choices=State.choices)
    unfit = models.CharField(max_length=16, default="")
    fills = models.JSONField(default=dict)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="wording_once")]


class Used(models.Model):
    """A message that goes out by a wording. address: as the network takes it; values: {place: words}."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="wording")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="uses")
    address = models.CharField(max_length=254)
    values = models.JSONField(default=dict)
