"""The only way to what the demo's catch-all keeps."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from tantam.desk.channels.email.models import CaughtMail


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
