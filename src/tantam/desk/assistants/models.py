"""What assistants did, and what they wrote that waits for a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case, Draft, Message
from tantam.desk.common.fields import ClauseAddress, PlanName, TimeOrderedId
from tantam.desk.customers.models import Customer

MOST_TOOL = 40  # characters
MOST_PREFIX = 12


class Doing(models.Model):
    """One call of a tool: who, what, about whom, how it ended; never what was said. It is written once.

    person: the assistant's account. token: the beginning of the one that it showed. code: of the refusal, "" for none.
    clause: of the plan, that says so. milliseconds: how long it took.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")

    id = TimeOrderedId()
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="doings")
    token = models.CharField(max_length=MOST_PREFIX)
    tool = models.CharField(max_length=MOST_TOOL)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="doings")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    code = PlanName(default="")
    clause = ClauseAddress(default="")
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="doing_of_assistant")]

    def __str__(self) -> str:
        return f"{self.tool} {self.outcome}"


class Proposal(models.Model):
    """What an assistant wrote to a customer, and what a person made of it. One waits at a time of each in a case.

    mode: reply or ask, as of a draft. clause: of the plan, that wants a person to approve it. message: what went out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent as it was")
        CHANGED = "changed", _("Changed and sent")
        THROWN = "thrown", _("Thrown away")
        OVERTAKEN = "overtaken", _("Overtaken")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals")
    mode = models.CharField(max_length=8, choices=Draft.Mode.choices, default=Draft.Mode.REPLY)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    clause = ClauseAddress(default="")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], name="proposal_once", condition=models.Q(state="waiting")
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="proposal_of_assistant")]

    def __str__(self) -> str:
        return f"{self.state} {self.case_id}"
