"""Cases, what was said in them, what is owed, and what happened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.fields import ClauseAddress, PlanName, TimeOrderedId
from tantam.desk.common.ids import new_key, new_reference
from tantam.desk.customers.models import MOST_CONTACT, Customer, Purchase
from tantam.desk.plans.models import PlanVersion


class Case(models.Model):
    """One concern of one customer, from first contact until settled.

    stage, severity, level, topic are names in the plan; `next_due_at` and the `last_*` fields repeat
    what the ledger and the messages say, so that the inbox is one query.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waiting for the customer")
        RESOLVED = "resolved", _("Resolved")

    id = TimeOrderedId()
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    link_key = models.CharField(max_length=32, unique=True, default=new_key)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    purchase = models.ForeignKey(Purchase, null=True, on_delete=models.PROTECT, related_name="cases")
    subject = models.CharField(max_length=200)
    topic = PlanName(default="")
    stage = PlanName()
    severity = PlanName()
    level = PlanName()
    channel = PlanName()
    language = models.CharField(max_length=5)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
    last_words = models.CharField(max_length=160, default="")
    last_direction = models.CharField(max_length=10, default="incoming")
    reopened = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["status", "next_due_at", "id"],
                name="case_owed_first",
                condition=~models.Q(status="resolved"),
            ),
            models.Index(fields=["customer", "-id"], name="case_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"


class Message(models.Model):
    """What was said in a case, as it was said. A note is read by colleagues only."""

    class Direction(models.TextChoices):
        INCOMING = "incoming", _("From the customer")
        OUTGOING = "outgoing", _("To the customer")
        NOTE = "note", _("Internal note")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    channel = PlanName()
    body = models.TextField()
    written_at = models.DateTimeField()
    message_id = models.CharField(max_length=255, unique=True, null=True)
    sent_to = models.CharField(max_length=MOST_CONTACT, default="")
    delivered_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=64, unique=True, null=True)  # a form sent twice is one message

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="message_of_case")]


class Promise(models.Model):
    """Something owed to a customer by a time: the ledger. Ends kept, broken, or withdrawn with the customer told.

    While the customer is asked, `paused_at` is set and `minutes_left` holds the open minutes that remain.
    A broken promise stays broken; `fulfilled_at` says when it was done after all.
    """

    class State(models.TextChoices):
        OWED = "owed", _("Owed")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Broken")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    kind = PlanName()
    clock = PlanName(default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    minutes_left = models.FloatField(null=True)
    ended_at = models.DateTimeField(null=True)
    fulfilled_at = models.DateTimeField(null=True)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    clause = ClauseAddress()
    because = models.JSONField(default=dict)
    every_minutes = models.PositiveIntegerField(null=True)
    how_sure = PlanName(default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    class Meta:
        indexes = [
            models.Index(fields=["case", "state"], name="promise_of_case"),
            models.Index(fields=["due_at"], name="promise_owed", condition=models.Q(state="owed")),
        ]


class Actor(models.TextChoices):
    """Who did it."""

    PERSON = "person", _("A colleague")
    CUSTOMER = "customer", _("The customer")
    PLAN = "plan", _("The plan")


class CaseEvent(models.Model):
    """What happened, append-only: stable English codes with arguments, never sentences."""

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    code = models.CharField(max_length=40)
    args = models.JSONField(default=dict)
    actor = models.CharField(max_length=10, choices=Actor.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    clause = ClauseAddress(default="")
    handling_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "case_event"  # the name that the measures' SQL reads
        indexes = [
            models.Index(fields=["case", "id"], name="event_of_case"),
            models.Index(fields=["code", "at"], name="event_code_at"),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        """Append the event. Raises ValueError when it was written before."""
        if not self._state.adding:
            raise ValueError("An event is never changed; append another one.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what happened, happened."""
        raise ValueError("An event is never deleted.")
