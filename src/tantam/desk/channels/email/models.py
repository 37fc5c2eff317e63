"""The demo's catch-all mailbox."""

from __future__ import annotations

from django.db import models

from tantam.desk.common.fields import TimeOrderedId


class CaughtMail(models.Model):
    """A mail that the demo's catch-all received instead of a real mailbox; one row a Message-ID."""

    id = TimeOrderedId()
    message_id = models.CharField(max_length=255, unique=True)
    sender = models.CharField(max_length=254)
    recipient = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=400, default="")
    raw = models.BinaryField()
    received_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
