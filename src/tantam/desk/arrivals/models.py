"""What came in, kept as it came before anything is read from it."""

from __future__ import annotations

from django.db import models

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import TimeOrderedId

MOST_SENDER = 254
MOST_SUBJECT = 200
MOST_NAME = 255


class Problem(models.TextChoices):
    """Why something that came became no message of a case."""

    NONE = "", ""
    AUTOMATIC = "automatic"  # a machine wrote it: never answered, reopens nothing
    DUPLICATE = "duplicate"  # the same from the same sender came before
    EMPTY = "empty"  # neither subject nor text nor attachment
    NO_SENDER = "no_sender"  # nobody to answer
    TOO_OFTEN = "too_often"  # more concerns of one sender in an hour than people have: two desks in a loop
    REFUSED = "refused"  # the desk's action would not take it
    UNREADABLE = "unreadable"  # reading it failed; what came is kept


class Arrival(models.Model):
    """Something as it came in. Stored, acknowledged, then read; what cannot be read stays here with its `problem`.

    channel: who reads it. key: that of its raw bytes, or the sender's own for this delivery; the same again is the same
    arrival. account: the mailbox, number or page that it came to, "" where there is one. name: what the channel calls
    the message (a Message-ID). sender, subject: as read, for the tray.
    """

    id = TimeOrderedId()
    channel = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    account = models.CharField(max_length=80, default="")
    raw = models.BinaryField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=MOST_NAME, default="", db_index=True)
    sender = models.CharField(max_length=MOST_SENDER, default="")
    subject = models.CharField(max_length=MOST_SUBJECT, default="")
    problem = models.CharField(max_length=40, default="")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="arrival_once")]
