"""What a worker writes down of a replay: that it begins, how far it is, how it ended. Each may be said twice."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.plans.models import Replay, ReplayState

MOST_ATTEMPTS = 3  # a run that fails or ends its worker so often is given up


def begin(pk: int) -> Replay | None:
    """Return the replay, which now runs; None if it is over, or was begun too often."""
    with transaction.atomic():
        replay = Replay.objects.select_for_update().select_related("draft").filter(pk=pk).first()
        if replay is None or replay.over:
            return None
        if replay.attempts >= MOST_ATTEMPTS:
            fail(pk, "ended_its_worker")
            return None
        replay.state, replay.progress, replay.begun_at = ReplayState.RUNNING, 0, clock.now()
        replay.attempts += 1
        replay.save(update_fields=["state", "progress", "begun_at", "attempts"])
        return replay


def tell(pk: int, progress: int) -> None:
    """Write down how far it is, per cent."""
    Replay.objects.filter(pk=pk, state=ReplayState.RUNNING).update(progress=min(progress, 99))


def put_back(pk: int) -> None:
    """Let it wait for another attempt."""
    Replay.objects.filter(pk=pk, state=ReplayState.RUNNING).update(state=ReplayState.WAITING)


def finish(pk: int, result: dict[str, Any]) -> None:
    """Keep what it found; the first to finish it is believed."""
    Replay.objects.filter(pk=pk, state=ReplayState.RUNNING).update(
        state=ReplayState.DONE, progress=100, result=result, ended_at=clock.now()
    )


def fail(pk: int, trouble: str) -> None:
    """Give it up. trouble: a code."""
    coming = Replay.objects.filter(pk=pk, state__in=Replay.COMING)
    coming.update(state=ReplayState.FAILED, trouble=trouble, ended_at=clock.now())
