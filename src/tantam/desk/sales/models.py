"""Enquiries before the sale, and the quotes that were made for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from tantam.desk.cases.models import Case
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.common.ids import new_reference
from tantam.desk.customers.models import Product, Purchase

MOST_WORDS = 200  # characters of a quote's line, and of why somebody does not buy


class Enquiry(models.Model):
    """A case of somebody who has not bought yet, and what became of it.

    asked_at: when the case was opened; ended_at: when it was won or lost. reason: of the plan's `sales.lost_because`,
    words: what the customer said to it. purchase: what they bought, None while nobody has linked it.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("enquiry", "Open")
        QUOTED = "quoted", pgettext_lazy("enquiry", "Quoted")
        WON = "won", pgettext_lazy("enquiry", "Won")
        LOST = "lost", pgettext_lazy("enquiry", "Lost")

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="enquiry")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = PlanName(default="")
    words = models.CharField(max_length=MOST_WORDS, default="")
    purchase = models.ForeignKey(Purchase, null=True, on_delete=models.SET_NULL, related_name="enquiries")

    class Meta:
        verbose_name_plural = "enquiries"
        indexes = [
            models.Index(fields=["state", "-ended_at"], name="enquiry_ended"),
            models.Index(fields=["asked_at"], name="enquiry_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class Quote(models.Model):
    """A price in writing, with its lines; what it says never changes, a newer one takes its place.

    total_minor: of all its lines, in minor units of `currency`. valid_until: aware. message: the letter that brought
    it, which its customer reads on their page. answered_at: when it was accepted or declined; answered_by: the
    colleague who was told so, None for the customer themselves. reason, words: of one that was declined.
    """

    class State(models.TextChoices):
        STANDS = "stands", pgettext_lazy("quote", "Stands")
        ACCEPTED = "accepted", pgettext_lazy("quote", "Accepted")
        DECLINED = "declined", pgettext_lazy("quote", "Declined")
        REPLACED = "replaced", pgettext_lazy("quote", "Replaced by a newer one")
        EXPIRED = "expired", pgettext_lazy("quote", "Run out")

    id = TimeOrderedId()
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="quotes")
    number = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDS)
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quotes")
    valid_until = models.DateTimeField()
    message = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = PlanName(default="")
    words = models.CharField(max_length=MOST_WORDS, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry"], name="quote_stands_once", condition=Q(state="stands"))
        ]

    def __str__(self) -> str:
        return self.number


class QuoteLine(models.Model):
    """One line of a quote: so many of something at a price each. product: None for what is only said in words."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=MOST_WORDS)
    pieces = models.PositiveIntegerField()
    each_minor = models.BigIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["quote", "place"], name="quote_line_place_once")]

    def __str__(self) -> str:
        return f"{self.pieces} {self.words}"

    @property
    def total_minor(self) -> int:
        """What the line comes to, in minor units of the quote's currency."""
        return self.pieces * self.each_minor


__all__ = ["MOST_WORDS", "Enquiry", "Quote", "QuoteLine"]
