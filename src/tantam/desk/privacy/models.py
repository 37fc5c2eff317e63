"""Who asked to be erased and when that was done, and whose words went since the plan keeps them no longer."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import Customer


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
