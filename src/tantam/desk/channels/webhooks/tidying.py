"""Throws away what was sent more than 30 days ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tantam.desk.channels.webhooks.models import Delivery
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.tidying import in_portions
from tantam.desk.common.work import handles

TIDY = "tidy_webhooks"
KEPT = timedelta(days=30)
MOST = 5_000  # at a time, so that nobody waits long for the table
recurs(TIDY, timedelta(hours=1))


@handles(TIDY)
def tidy_webhooks(payload: Mapping[str, Any]) -> None:
    """Delete deliveries of more than KEPT ago, the oldest first, in portions."""
    in_portions(_delete_some)


def _delete_some() -> int:
    old = Delivery.objects.filter(at__lt=clock.now() - KEPT).order_by("at").values_list("pk", flat=True)
    return Delivery.objects.filter(pk__in=list(old[:MOST])).delete()[0]
