"""Mail as it came in, kept raw before anything is read from it; and the demo's catch-all mailbox."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import TimeOrderedId


class Problem(StrEnum):
    """Why a mail became no message."""

    NONE = ""
    AUTOMATIC = "automatic"  # a machine wrote it: never answered, reopens nothing
    DUPLICATE = "duplicate"  # the same Message-ID from the same sender came before
    EMPTY = "empty"  # neither subject nor text nor attachment
    NO_SENDER = "no_sender"  # nobody to answer
    TOO_OFTEN = "too_often"  # more concerns of one sender in an hour than people have: two desks in a loop
    REFUSED = "refused"  # the desk's action would not take it
    UNREADABLE = "unreadable"  # reading it failed; what came is kept


WHY = {  # what the administrator reads; the others trouble nobody
    Problem.EMPTY: _("It says nothing: no subject, no text, no file"),
    Problem.NO_SENDER: _("It has no sender who could be answered"),
    Problem.TOO_OFTEN: _("Its sender writes more often than people do: perhaps two machines answer each other"),
    Problem.REFUSED: _("The desk would not take it"),
    Problem.UNREADABLE: _("It could not be read; what came is kept"),
}


class ReceivedMail(models.Model):
    """One mail as received. Stored, acknowledged, then read; what cannot be read stays here with its `problem`."""

    id = TimeOrderedId()
    digest = models.CharField(max_length=64, unique=True)  # sha256 of the raw bytes
    message_id = models.CharField(max_length=255, default="", db_index=True)
    raw = models.BinaryField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, default="")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT)

    @property
    def why(self) -> str:
        """Why it became no message, in words."""
        return str(WHY.get(Problem(self.problem), self.problem))


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
