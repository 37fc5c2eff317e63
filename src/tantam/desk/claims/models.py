"""What customers ask for under a policy, what the plan answered, and what was granted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case, Promise
from tantam.desk.common.fields import ClauseAddress, PlanName, TimeOrderedId
from tantam.desk.customers.models import Customer
from tantam.desk.plans.models import PlanVersion


class Claim(models.Model):
    """A customer asks for what a policy grants.

    facts: {term: {"value": text, "standing": told|recorded|verified}}; answer: the plan's answer as codes and
    arguments (`plans.answers.stored`). A conditional answer rests on what was only told. decided_at: the instant as of
    which the policy is asked, when the customer claimed; it stays when the same claim is asked again later.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="claims")
    policy = PlanName()
    facts = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    outcome = PlanName()
    conditional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    clause = ClauseAddress()
    decided_at = models.DateTimeField()


class Grant(models.Model):
    """What was given: by the plan at once (`person` is null) or by a person within their authority.

    reversed_at: when a person took it back before it was paid, else null.
    """

    id = TimeOrderedId()
    claim = models.ForeignKey(Claim, null=True, on_delete=models.CASCADE, related_name="grants")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    kind = PlanName()
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    level = PlanName(default="")
    clause = ClauseAddress()
    reason = models.TextField(default="")
    granted_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)


class Approval(models.Model):
    """Somebody asks for what is beyond their authority; a person of `level` or above it decides.

    What is asked is one claim's grant: amount_minor with currency, or null for what costs no money. clause: of the
    answer; the plan_version is the one whose authority counts. due_at: by when the customer needs it; expires_at: then
    nobody can decide it any more. offered: ids of the people who were asked. given_minor: what was granted in the end.
    Once it is not waiting it never changes again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        CHANGED = "changed", _("Approved in part")
        REFUSED = "refused", _("Not approved")
        WITHDRAWN = "withdrawn", _("No longer asked")
        EXPIRED = "expired", _("Run out")

    id = TimeOrderedId()
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="approvals")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    level = PlanName()
    kind = PlanName()
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    reason = models.TextField()
    clause = ClauseAddress()
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals_asked")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    offered = models.JSONField(default=list)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="approvals_decided"
    )
    decided_at = models.DateTimeField(null=True)
    given_minor = models.BigIntegerField(null=True)
    note = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim"], name="approval_once", condition=models.Q(state="waiting"))
        ]
        indexes = [models.Index(fields=["level"], name="approval_waiting", condition=models.Q(state="waiting"))]


class Stance(models.Model):
    """What a customer says to the decision of their claim: they accept it, or dispute it and say why.

    decision: the id of the event that decided; a later decision asks anew. event: that of the stance; what a colleague
    does after it can no longer be taken back. level_before: where the case was before it went up by this, "" if it did
    not. promise: the answer that is owed since, if this promised it.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DISPUTED = "disputed", _("Disputed")

    id = TimeOrderedId()
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="stances")
    decision = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.TextField(default="")
    event = models.BigIntegerField()
    level_before = PlanName(default="")
    promise = models.ForeignKey(Promise, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "decision"], name="stance_once")]


class Entry(models.Model):
    """One side of a booking of money, append-only: above nothing for what an account receives, below for what it gives.

    The sides of a booking sum to zero. Of a grant each booking is made once, whoever asks for it how often: granted
    (the policy gives, the customer is owed), paid (owed no longer, our till gave it), or reversed before it was paid.
    """

    class Booking(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PAID = "paid", _("Paid")
        REVERSED = "reversed", _("Taken back")

    class Account(models.TextChoices):
        GIVEN = "given", _("What policies give")
        OWED = "owed", _("What customers are owed")
        PAID = "paid", _("What was paid")

    id = TimeOrderedId()
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="entries")
    booking = models.CharField(max_length=10, choices=Booking.choices)
    account = models.CharField(max_length=10, choices=Account.choices)
    policy = PlanName()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="entries")
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "booking", "account"], name="entry_once")]
        indexes = [models.Index(fields=["policy", "account", "at"], name="entry_of_policy")]

    def save(self, *args: Any, **options: Any) -> None:
        """Append the entry. Raises ValueError when it was written before."""
        if not self._state.adding:
            raise ValueError("An entry is never changed; book the reverse.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what was booked, was booked."""
        raise ValueError("An entry is never deleted; book the reverse.")


class Mark(models.Model):
    """Why a person looks at a claim that the plan would grant by itself: a rule that met it. It refuses nothing.

    rule: a code of `marks`; clause: where the plan says so, "" for the desk's own rule. args: what was found.
    """

    id = TimeOrderedId()
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="marks")
    rule = models.CharField(max_length=20)
    clause = ClauseAddress(default="")
    args = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "rule"], name="mark_once_a_claim")]


class Alarm(models.Model):
    """A budget came near its end, or to it: told once a policy, period and step. share: in percent of the budget."""

    id = TimeOrderedId()
    policy = PlanName()
    period = models.DateField()
    share = models.PositiveSmallIntegerField()
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "period", "share"], name="alarm_once")]
