"""Tells that the time of an errand passed without an answer; it is owed on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor
from tantam.desk.common import clock, work
from tantam.desk.common.work import handles
from tantam.desk.errands.models import Errand

LATE = "late_errand"  # work whose payload is {"errand": id}, due when its time has passed


@handles(LATE)
def tell_late(payload: Mapping[str, Any]) -> None:
    """Note that an errand is late, unless it was answered or that was noted before."""
    with transaction.atomic():
        found = Errand.objects.select_related("case").filter(pk=payload["errand"]).first()
        if found is None:
            return
        act = act_on(found.case, Actor.PLAN)
        found.refresh_from_db(fields=["state", "late_at", "due_at"])
        if not found.is_open or found.late_at is not None:
            return
        if clock.now() < found.due_at:
            raise work.Later(found.due_at)
        found.late_at = act.now
        found.save(update_fields=["late_at"])
        act.append("errand_late", clause=f"providers.{found.provider}", errand=found.pk, provider=found.provider)
