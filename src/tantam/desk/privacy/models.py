"""What people ask about their data; who is erased, and whose words went since the plan keeps them no longer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import Customer
from tantam.desk.plans.models import PlanVersion


class Erasure(models.Model):
    """That a customer is to be erased. went: {what: how many rows}, once it was done; no name and no word of theirs."""

    id = TimeOrderedId()
    customer = models.OneToOneField(Customer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    went = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.customer_id}"


class Emptied(models.Model):
    """A case that holds no words any more. clause: of the plan, which keeps them no longer; "" where it was asked."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    clause = models.CharField(max_length=80, default="")

    def __str__(self) -> str:
        return f"{self.case_id}"


class Request(models.Model):
    """What somebody asks about their own data: to read it, to have it erased or corrected, or to object to its use.

    case: on which it is owed and answered. way: how it reached us. plan_version, clause: by which it is due; due_at
    None where the plan names no time. longer_because: why it took another day, as the person was told. proof: how we
    know that it is them (`link`, `colleague`), proven: in words, by whom, when. result: what came of it.
    """

    class Kind(models.TextChoices):
        READ = "read", _("Read it all")
        ERASE = "erase", _("Have it erased")
        CORRECT = "correct", _("Have something corrected")
        OBJECT = "object", _("Object to its use")

    class Way(models.TextChoices):
        PAGE = "page", _("On their page")
        MAIL = "mail", _("By mail")
        PHONE = "phone", _("By telephone")
        LETTER = "letter", _("By letter")
        HERE = "here", _("In person")

    class Result(models.TextChoices):
        GIVEN = "given", _("Given out")
        ERASED = "erased", _("Erased")
        CORRECTED = "corrected", _("Corrected")
        STOPPED = "stopped", _("Used no longer")
        REFUSED = "refused", _("Refused, with the reason")
        TAKEN_BACK = "taken_back", _("They took it back")

    LINK, COLLEAGUE = "link", "colleague"

    id = TimeOrderedId()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="privacy_requests")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="privacy_request")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    asked_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=80, default="")
    due_at = models.DateTimeField(null=True)
    longer_because = models.CharField(max_length=500, default="")
    proof = models.CharField(max_length=10, default="")
    proven = models.CharField(max_length=200, default="")
    proven_at = models.DateTimeField(null=True)
    proven_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=Result.choices, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"], condition=models.Q(ended_at=None), name="request_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["ended_at", "due_at"], name="request_listed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.customer_id}"
