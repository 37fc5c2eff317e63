"""What customers agreed to and what they took back: rows are added, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.customers.models.people import Customer


class Purpose(models.TextChoices):
    """What we ask for. Serving the concern that a customer brings needs no consent, but may be refused."""

    SERVICE = "service", _("Word about what concerns them")
    SURVEY = "survey", _("Questions about our service")
    MARKETING = "marketing", _("Offers and news")
    RECORDING = "recording", _("Recording of calls")
    SMALL_THINGS = "small_things", _("Remembering small things")


class Consent(models.Model):
    """Consent given or withdrawn. channel: a name in the plan, "" for all. how: a code of `consent.WAYS`.

    The latest row about a purpose and a channel counts.
    """

    id = TimeOrderedId()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    channel = PlanName(default="", blank=True)
    given = models.BooleanField()
    how = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "purpose", "-id"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.channel} {self.given}"

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the consent. Raises ValueError when it was kept before."""
        if not self._state.adding:
            raise ValueError("Consent never changes; add another row.")
        super().save(*args, **options)
