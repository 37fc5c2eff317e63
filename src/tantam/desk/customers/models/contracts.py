"""What was agreed with one customer or organisation: from when to when, how it goes on, what it promises of its own."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.customers.models.buying import Product
from tantam.desk.customers.models.people import Customer

MOST_NUMBER = 40


class Contract(models.Model):
    """An agreement with a customer, or with an organisation for all who belong to it.

    kind: a code, such as `service`. begins, ends: days in the company's zone, both within it; ends None for one without
    an end. renews_months: by how many months it goes on when nobody gives notice, 0 for not at all; notice_days: so
    many days before its end. ended: the day from which it was given up. products: none means all. site: the place that
    it is for, in words, "" for all. terms: what else was agreed, in words, for colleagues. edition grows with each
    change, so that nobody overwrites what they have not seen.
    """

    id = TimeOrderedId()
    number = models.CharField(max_length=MOST_NUMBER, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contracts")
    kind = PlanName(default="service")
    begins = models.DateField()
    ends = models.DateField(null=True)
    renews_months = models.PositiveSmallIntegerField(default=0)
    notice_days = models.PositiveSmallIntegerField(default=0)
    first_ends = models.DateField(null=True)
    renewals = models.PositiveSmallIntegerField(default=0)
    ended = models.DateField(null=True)
    products = models.ManyToManyField(Product, related_name="contracts")
    site = models.CharField(max_length=160, default="", blank=True)
    terms = models.TextField(default="", blank=True)
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["ends"], name="contract_ending")]
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("begins")), name="contract_ends_after"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def over_from(self) -> date | None:
        """The day from which it is over as things stand; None for what goes on until somebody gives notice."""
        if self.ended is not None:
            return self.ended
        return self.ends + timedelta(days=1) if self.ends and not self.renews_months else None


class ContractPromise(models.Model):
    """What a contract promises of its own, before what the plan says.

    promise: a kind of promise as the plan names them (`first_reply`); within: a time as the plan writes them (`30
    min`, `4 h`, `2 working days`); severity: of cases that it holds for, "" for all.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="promises")
    promise = PlanName()
    severity = PlanName(default="", blank=True)
    within = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "promise", "severity"], name="contract_promise_once")
        ]

    def __str__(self) -> str:
        return f"{self.promise} {self.within}"
