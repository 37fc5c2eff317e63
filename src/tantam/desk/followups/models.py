"""What is done of our own accord after something happened to a customer: one row each, whatever becomes of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.common.ids import new_key
from tantam.desk.customers.models import Contract, Customer, Purchase
from tantam.desk.plans.models import PlanVersion

MOST_SUBJECT = 60


class FollowUp(models.Model):
    """One row of the plan's `follow_ups` for one thing that happened.

    row, event: their names in the plan. subject: what it happened to, `purchase:17`; with the row it is there once.
    happened_at, due_at: aware. mail: where it was written to. case: about which it is; led_to: the case that it opened,
    of a call that is owed or of a complaint. result: what came of it. link_key: of the page on which it is answered.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SENT = "sent", _("Written to")
        TO_CALL = "to_call", _("To be called")
        WITHHELD = "withheld", _("Not done")

    class Reason(models.TextChoices):
        NEVER_AGREED = "never_agreed", _("They never agreed to it")
        SAID_NO = "said_no", _("They said no to it")
        NO_ADDRESS = "no_address", _("No address that we may use is known")
        PLAN_CHANGED = "plan_changed", _("The plan no longer asks for it")
        TOO_LATE = "too_late", _("It was too late for it")
        ASKED_LATELY = "asked_lately", _("They were asked a short while ago")
        ANSWERED = "answered", _("They answered meanwhile")

    class Result(models.TextChoices):
        SATISFIED = "satisfied", _("Satisfied")
        COMPLAINT = "complaint", _("Complaint opened")
        RENEWED = "renewed", _("Renewed")
        REFERRED = "referred", _("Recommended us")
        NOT_REACHED = "not_reached", _("Not reached")

    id = TimeOrderedId()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="follow_ups")
    row = PlanName()
    event = PlanName()
    subject = models.CharField(max_length=MOST_SUBJECT)
    purchase = models.ForeignKey(Purchase, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    happened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=16, choices=Reason.choices, default="")
    done_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=254, default="")
    delivered_at = models.DateTimeField(null=True)
    led_to = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="begun_by")
    result = models.CharField(max_length=12, choices=Result.choices, default="")
    result_at = models.DateTimeField(null=True)
    result_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    link_key = models.CharField(max_length=32, unique=True, default=new_key)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "subject"], name="follow_up_once")]
        indexes = [
            models.Index(fields=["state", "-due_at"], name="follow_up_listed"),
            models.Index(fields=["customer", "-id"], name="follow_up_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.subject}"
