"""The rare moves on a case: sleep until when, what was joined to it, what was moved out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from tantam.desk.cases import sleep
from tantam.desk.cases.models import Case, Parting

MORNING = 8  # o'clock


def rare_moves(case: Case, cases: Sequence[Case], now: datetime) -> dict[str, Any]:
    """Return what the menu of rare moves and the undoing of them need; one query. cases: it, and what was joined to it.

    latest: when it would be woken anyway, None if nothing is due.
    """
    partings = Parting.objects.filter(Q(case=case) | Q(new_case=case), undone_at=None)
    latest = sleep.awake_from(case)
    return {
        "latest": latest,
        "can_sleep": latest is None or latest > now,
        "asleep": sleep.sleeps(case),
        "snoozes": choices(now, latest),
        "partings": list(partings.select_related("case", "new_case").order_by("id")),
        "joined": [each for each in cases if each.merged_into_id == case.pk],
    }


def choices(now: datetime, latest: datetime | None) -> list[tuple[str, str, datetime]]:
    """Return (ISO instant, words, instant) of the usual times ahead. latest: when it is woken anyway, if ever."""
    local = timezone.localtime(now)
    morning = (local + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=(7 - morning.weekday()) % 7)
    found: Iterable[tuple[str, datetime]] = (
        (gettext("For two hours"), local + timedelta(hours=2)),
        (gettext("Until tomorrow morning"), morning),
        (gettext("Until Monday"), monday),
        (gettext("For a week"), morning + timedelta(days=6)),
    )
    return [(at.isoformat(timespec="minutes"), words, at) for words, at in found if latest is None or at < latest]
