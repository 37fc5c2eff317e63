"""How far each mailbox is fetched, and the demo's catch-all."""

from __future__ import annotations

from django.db import models

from tantam.desk.common.fields import TimeOrderedId


class MailboxState(models.Model):
    """How far a mailbox is fetched. name: user, server and folder, never with a password.

    last_uid: the highest that is stored, under this uid_validity; None before the folder was seen. leased_by: the
    process that fetches it now. seen_at: when everything in it was last stored. problem: why not since, in the
    server's words.
    """

    id = TimeOrderedId()
    name = models.CharField(max_length=300, unique=True)
    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(null=True)
    leased_by = models.CharField(max_length=40, default="")
    leased_until = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, default="")


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
