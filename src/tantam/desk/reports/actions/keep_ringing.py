"""Keeps which alarms ring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tantam.desk.reports.models import RingingAlarm
from tantam.history.measures import Measured


@transaction.atomic
def keep_ringing(ringing: Sequence[Measured], now: datetime) -> None:
    """Let these ring and no others; one that rang already keeps since when. now: aware. Harmless twice."""
    RingingAlarm.objects.exclude(measure__in=[each.name for each in ringing]).delete()
    for each in ringing:
        seen = {"value": each.value, "n": each.n, "hits": each.hits}
        RingingAlarm.objects.update_or_create(measure=each.name, defaults=seen, create_defaults={**seen, "since": now})
