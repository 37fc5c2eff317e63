"""What came in, kept as it came before anything is read from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.common.fields import TimeOrderedId

MOST_SENDER = 254
MOST_SUBJECT = 200
MOST_MESSAGE_ID = 255
MOST_ACCOUNT = 80


class Problem(models.TextChoices):
    """Why something that came became no message of a case."""

    NONE = "", ""
    NOTED = "noted", _("It was noted; it belongs to no case")
    AUTOMATIC = "automatic", _("A machine wrote it")  # never answered, reopens nothing
    DUPLICATE = "duplicate", _("The same from the same sender came before")
    EMPTY = "empty", _("It says nothing: no subject, no text, no file")
    NO_SENDER = "no_sender", _("It has no sender who could be answered")
    COLLEAGUE = "colleague", _("A colleague wrote it about somebody else's case; put it there yourself")
    TOO_LARGE = "too_large", _("It is larger than 25 MB; only its head is kept")
    TOO_OFTEN = "too_often", _("Its sender writes more often than people do: perhaps two machines answer each other")
    DOUBTFUL = "doubtful", _("It may be spam; its sender knows that somebody looks first")
    SPAM = "spam", _("It looks like spam")
    REFUSED = "refused", _("The desk would not take it")
    UNREADABLE = "unreadable", _("It could not be read; what came is kept")


class Arrival(models.Model):
    """Something as it came in. Stored, acknowledged, then read; what cannot be read stays here with its `problem`.

    channel: who reads it. key: that of its raw bytes, or the sender's own for this delivery; the same again is the same
    arrival. account: the mailbox, number or page that it came to, "" where there is one. name: what the channel calls
    the message (a Message-ID); content: a digest of what it says. sender, subject: as read, for the tray. because: what
    spoke for its problem, as codes and words of its own. seen_to_by: who brought it into its case by hand, or threw it
    away; thrown_at: when, until it is deleted. let_go_at: when its bytes were thrown away, after as long as the plan
    keeps them.
    """

    id = TimeOrderedId()
    channel = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    account = models.CharField(max_length=MOST_ACCOUNT, default="")
    raw = models.BinaryField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=MOST_MESSAGE_ID, default="", db_index=True)
    content = models.CharField(max_length=64, default="")
    sender = models.CharField(max_length=MOST_SENDER, default="")
    subject = models.CharField(max_length=MOST_SUBJECT, default="")
    problem = models.CharField(max_length=40, default="")
    because = models.JSONField(default=dict)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT)
    seen_to_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    thrown_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-id"], name="arrival_tray", condition=models.Q(case__isnull=True, thrown_at__isnull=True)
            ),
            models.Index(fields=["content"], name="arrival_content", condition=~models.Q(content="")),
            models.Index(
                fields=["received_at"],
                name="arrival_kept",
                condition=models.Q(case__isnull=False, let_go_at__isnull=True),
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="arrival_once")]

    @property
    def why(self) -> str:
        """Why it became no message, in the reader's words."""
        return str(Problem(self.problem).label)
