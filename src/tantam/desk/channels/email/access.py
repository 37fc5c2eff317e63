"""The only way to what the demo's catch-all keeps, and to mailboxes that cannot be fetched."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from tantam.desk.channels.email.models import CaughtMail, MailboxState


def boxes() -> list[dict[str, object]]:
    """Return the catch-all's recipients, the latest first: recipient, how many, latest."""
    counted = CaughtMail.objects.values("recipient").annotate(many=Count("id"), latest=Max("received_at"))
    return list(counted.order_by("-latest")[:200])


def caught_for(recipient: str) -> QuerySet[CaughtMail]:
    """Return the mails of one recipient, newest first."""
    return CaughtMail.objects.filter(recipient=recipient).order_by("-id").defer("raw")


def caught(pk: int) -> CaughtMail | None:
    """Return one mail of the catch-all."""
    return CaughtMail.objects.filter(pk=pk).first()


def failing_mailboxes(most: int) -> QuerySet[MailboxState]:
    """Return the mailboxes that could not be fetched, the longest first."""
    named = [each.name for each in settings.MAILBOXES]
    return MailboxState.objects.filter(name__in=named).exclude(failing_since=None).order_by("failing_since")[:most]
