"""Throws away files that were taken in a month ago, with their rejected rows: they are full of personal data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q

from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles
from tantam.desk.imports import store
from tantam.desk.imports.models import Import

TIDY = "tidy_imports"
KEPT = timedelta(days=30)
EVERY = timedelta(hours=12)


@handles(TIDY)
def tidy(_payload: Mapping[str, Any]) -> None:
    """Throw away files of imports that were made KEPT ago and are not under way; what they came to stays on record."""
    lies = Q(file_gone=False) | Q(reject_bytes__gt=0)  # of somebody who was erased the file went before
    old = Import.objects.filter(lies, made_at__lt=clock.now() - KEPT).exclude(state__in=Import.COMING)
    for pk in list(old.values_list("pk", flat=True)):
        store.forget(pk)
        Import.objects.filter(pk=pk).update(file_gone=True, reject_bytes=0)


recurs(TIDY, EVERY)
