"""Throws away answers that were kept for a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tantam.desk.api.models import KeptAnswer
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles

TIDY = "tidy_answers"
KEPT = timedelta(hours=24)

recurs(TIDY, timedelta(hours=1))


@handles(TIDY)
def tidy_answers(payload: Mapping[str, Any]) -> None:
    """Delete what is older than KEPT."""
    KeptAnswer.objects.filter(at__lt=clock.now() - KEPT).delete()
