"""Where other programs are told what happens, and what they were told."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import CaseEvent
from tantam.desk.common.fields import TimeOrderedId

MOST_URL = 500
MOST_DESCRIPTION = 120
MOST_ANSWER = 500  # characters of an answer that are kept


class Endpoint(models.Model):
    """An address that is told of events. wants: "*" for all, kinds of `codes.KINDS`, codes; at least one.

    words: people's own words go with it. secret, old_secret: `whsec_` and base64; the old one signs until `old_until`,
    and those before it, `older`, each until its own instant: [[secret, instant as text], …], the newest first.
    failing_since: of the first failure after the last answer that took something.
    leased_until: until then one thread of one worker sends to it.
    """

    class Stopped(models.TextChoices):
        NO = "", _("works")
        HAND = "hand", _("stopped by hand")
        GONE = "gone", _("stopped, because it answered that it is gone (410)")
        FAILING = "failing", _("stopped, because it failed for five days")

    id = TimeOrderedId()
    url = models.CharField(max_length=MOST_URL)
    description = models.CharField(max_length=MOST_DESCRIPTION, default="")
    wants = models.JSONField(default=list)
    words = models.BooleanField(default=False)
    secret = models.CharField(max_length=80)
    old_secret = models.CharField(max_length=80, default="")
    old_until = models.DateTimeField(null=True)
    older = models.JSONField(default=list)
    made_at = models.DateTimeField()
    stopped = models.CharField(max_length=8, choices=Stopped.choices, default="")
    stopped_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.description or self.url

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """Return the secrets that sign at `now`, the newest first."""
        return (self.secret, *(secret for secret, _until in self.still_signing(now)))

    def still_signing(self, now: datetime) -> list[tuple[str, datetime]]:
        """Return the earlier secrets that receivers may still know at `now`, each with its end, the newest first."""
        before = [(secret, datetime.fromisoformat(until)) for secret, until in self.older]
        known = [(self.old_secret, self.old_until), *before] if self.old_until is not None else before
        return [(secret, until) for secret, until in known if now < until]


class Delivery(models.Model):
    """One event for one address. event: None for a test event. status: of the last answer, None for none.

    error: why there was none, a code of `Error`. milliseconds: until the last answer, or until it was given up.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        TAKEN = "taken", _("taken")
        FAILED = "failed", _("failed")

    class Error(models.TextChoices):
        NONE = "", ""
        LATE = "late", _("no answer within 10 seconds")
        UNREACHED = "unreached", _("not reached")
        INSIDE = "inside", _("leads into a private network")
        TLS = "tls", _("its certificate does not hold")
        GARBLED = "garbled", _("answered what is no HTTP")
        OURS = "ours", _("could not be written: a fault of the desk")

    id = TimeOrderedId()
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(CaseEvent, null=True, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=10, choices=Error.choices, default="")
    milliseconds = models.PositiveIntegerField(null=True)
    answer = models.CharField(max_length=MOST_ANSWER, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="delivery_once")]
        indexes = [
            models.Index(fields=["endpoint", "next_at"], name="delivery_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["endpoint", "-id"], name="delivery_of_endpoint"),
            models.Index(fields=["at"], name="delivery_at"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"
