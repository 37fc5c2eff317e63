"""A receipt: since when a message is with its reader, and since when it is read."""

from __future__ import annotations

from django.db import models

from tantam.desk.cases.models import Message
from tantam.desk.common.fields import TimeOrderedId


class Receipt(models.Model):
    """By the network's clock, never later than when we were told. lost: why it did not arrive, of `Lost`, or ""."""

    class Lost(models.TextChoices):
        WINDOW = "window"  # they wrote too long ago
        UNREACHABLE = "unreachable"  # they have no such account, or one that takes nothing of us
        HELD = "held"  # the network chose not to bring it
        OTHER = "other"

    id = TimeOrderedId()
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="receipt")
    reached_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    lost = models.CharField(max_length=16, choices=Lost.choices, default="")
