"""Sends what is due: one thread an address, so that a slow one holds up nobody else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from tantam.desk.channels.webhooks import access, outbox
from tantam.desk.channels.webhooks.actions import attempt
from tantam.desk.channels.webhooks.models import Endpoint
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles

SWEEP = "sweep_webhooks"
LEASE = timedelta(seconds=60)  # longer than one attempt takes
recurs(SWEEP, timedelta(minutes=1))

_log = logging.getLogger(__name__)
_guard = threading.Lock()
_busy: dict[int, bool] = {}  # addresses with a thread in this process; whether to look once more before it ends


@handles(outbox.SEND)
def send_webhooks(payload: Mapping[str, Any]) -> None:
    """Let a thread send what is due to the address, and wait for none."""
    _start(int(payload["endpoint"]))


@handles(SWEEP)
def sweep_webhooks(payload: Mapping[str, Any]) -> None:
    """Send what a worker that was killed left behind."""
    for pk in access.waiting(clock.now()).order_by().values_list("endpoint", flat=True).distinct():
        _start(pk)


def send_due(pk: int) -> None:
    """Send what is due to one address, the oldest first, until nothing is; nothing if another thread does it."""
    before = None
    while (held := _held(pk, before)) is not None:
        before = held
        due = access.waiting(clock.now()).select_related("endpoint", "event__case").filter(endpoint=pk).first()
        if due is None:
            break
        again = attempt(due)
        if again is not None:
            outbox.ask([again])
    if before is not None:
        Endpoint.objects.filter(pk=pk, leased_until=before).update(leased_until=None)


def _start(pk: int) -> None:
    with _guard:
        running = pk in _busy
        _busy[pk] = running
    if not running:
        threading.Thread(target=_send, args=(pk,), name=f"webhook {pk}", daemon=True).start()


def _send(pk: int) -> None:
    """Send until nothing is due and nobody asked meanwhile; what fails here, the sweep takes up."""
    try:
        while True:
            send_due(pk)
            with _guard:
                if not _busy[pk]:
                    del _busy[pk]
                    return
                _busy[pk] = False
    except Exception:
        _log.exception("Sending to webhook %s failed; what is due stays due.", pk)
        with _guard:
            _busy.pop(pk, None)
    finally:
        connection.close()


def _held(pk: int, before: datetime | None) -> datetime | None:
    """Take the address for this thread, or keep it; None if another one has it, or it is stopped or gone."""
    now = clock.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=now + 2 * LEASE)  # a clock put back
    ours = free | Q(leased_until=before) if before is not None else free
    until = now + LEASE
    return until if Endpoint.objects.filter(ours, pk=pk, stopped="").update(leased_until=until) else None
