"""Finds cases by what was added to them after they were indexed: names of files, and words that colleagues gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tantam.desk.cases.models import Attachment, Promise
from tantam.desk.common import clock, recurring, work
from tantam.desk.search.keeping import BATCH, index_cases
from tantam.desk.search.models import Mark

INDEX = "index_what_was_added"
EVERY = timedelta(seconds=15)
SETTLED = timedelta(minutes=1)  # rows older than this are all committed, so that their keys are in order


def index_what_was_added() -> int:
    """Index anew the cases that got files or words since the last look; return how many rows were looked at."""
    before = clock.now() - SETTLED
    files = Attachment.objects.filter(at__lt=before)
    vows = Promise.objects.filter(made_at__lt=before)
    return _after_mark("files", files, {}) + _after_mark("vows", vows, {"by_hand": True})


def _after_mark(name: str, rows: QuerySet[Any], only: Mapping[str, Any]) -> int:
    """Look at up to BATCH rows behind the mark; those that `only` admits have their cases indexed."""
    mark, _ = Mark.objects.get_or_create(name=name)
    window = list(rows.filter(pk__gt=mark.upto).order_by("pk").values("pk", "case", *only)[:BATCH])
    if not window:
        return 0
    cases = {row["case"] for row in window if all(row[key] == value for key, value in only.items())}
    with transaction.atomic():
        index_cases(sorted(cases))
        Mark.objects.filter(name=name, upto__lt=window[-1]["pk"]).update(upto=window[-1]["pk"])
    return len(window)


@work.handles(INDEX)
def _added(payload: Mapping[str, Any]) -> None:
    index_what_was_added()


recurring.recurs(INDEX, EVERY)
