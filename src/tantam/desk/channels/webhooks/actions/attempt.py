"""Send one delivery once, and keep what came of it; stop an address that is gone or fails for days."""

from __future__ import annotations

import http.client
import logging
import ssl
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from tantam.desk.channels.webhooks.models import MOST_ANSWER, Delivery, Endpoint
from tantam.desk.channels.webhooks.payload import payload
from tantam.desk.channels.webhooks.stopping import tell_stopped
from tantam.desk.common import clock, standard_webhooks
from tantam.desk.common.posting import Forbidden, answered

READ = 64_000  # bytes of an answer, at most
GONE = 410
PATIENCE = timedelta(days=5)
# After each failed attempt; with the first one, ten attempts in three days.
PAUSES = tuple(timedelta(seconds=each) for each in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 73_500))

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an attempt. status: None for no answer, error then says why."""

    status: int | None
    error: str
    milliseconds: int
    answer: str = ""

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def attempt(delivery: Delivery) -> Delivery | None:
    """Send it; return it if it is to be tried again at its `next_at`. Done twice, the other side tells by its id.

    Whoever asked by hand for it to be sent again meanwhile gets that: what came of this attempt is noted beside it.
    """
    asked = _standing(delivery)
    came = _sent(delivery)
    now = clock.now()
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update(no_key=True).filter(pk=delivery.endpoint_id).first()
        held = Delivery.objects.select_for_update().filter(pk=delivery.pk).first()
        if endpoint is None or held is None:  # removed meanwhile
            return None
        _note(held, came, now)
        if _standing(held) == asked:
            _count(held, came, now)
        _judge(endpoint, came, now)
    return held if held.state == Delivery.State.WAITING else None


def _standing(delivery: Delivery) -> tuple[str, int, datetime | None]:
    """Return what tells whether anybody asked for it to be sent since it was read."""
    return delivery.state, delivery.attempts, delivery.next_at


def _sent(delivery: Delivery) -> Came:
    endpoint, now = delivery.endpoint, clock.now()
    began = time.monotonic()
    try:
        body = payload(delivery)
        sent = standard_webhooks.headers(f"msg_{delivery.pk}", int(now.timestamp()), body, endpoint.secrets(now))
    except DatabaseError:
        raise  # it is away: nothing is to be noted anywhere
    except Exception:  # one event that cannot be told must not hold up all behind it
        _log.exception("Delivery %s cannot be written down.", delivery.pk)
        return Came(None, Delivery.Error.OURS, 0)
    status, error, said = None, Delivery.Error.NONE, ""
    try:
        answer = answered(endpoint.url, body, sent, most=READ)
        status, said = answer.status, answer.body.decode("utf-8", "replace").replace("\x00", "")
    except Forbidden:
        error = Delivery.Error.INSIDE
    except TimeoutError:
        error = Delivery.Error.LATE
    except ssl.SSLError:
        error = Delivery.Error.TLS
    except (OSError, UnicodeError):  # a name that no server knows, or that none can know
        error = Delivery.Error.UNREACHED
    except (http.client.HTTPException, ValueError):
        error = Delivery.Error.GARBLED
    return Came(status, error, int((time.monotonic() - began) * 1000), said[:MOST_ANSWER])


def _note(delivery: Delivery, came: Came, now: datetime) -> None:
    delivery.tried_at, delivery.status, delivery.error = now, came.status, came.error
    delivery.milliseconds, delivery.answer = came.milliseconds, came.answer
    delivery.save(update_fields=["tried_at", "status", "error", "milliseconds", "answer"])


def _count(delivery: Delivery, came: Came, now: datetime) -> None:
    """Let it be taken, given up, or tried again after its pause."""
    delivery.attempts, delivery.next_at = delivery.attempts + 1, None
    if came.taken:
        delivery.state = Delivery.State.TAKEN
    elif delivery.attempts > len(PAUSES) or delivery.event_id is None:  # a test event is tried once
        delivery.state = Delivery.State.FAILED
    else:
        delivery.next_at = now + PAUSES[delivery.attempts - 1]
    delivery.save(update_fields=["attempts", "next_at", "state"])


def _judge(endpoint: Endpoint, came: Came, now: datetime) -> None:
    """Note since when an address fails, and stop it where it is gone or failed for days; our own faults say nothing."""
    if came.error == Delivery.Error.OURS:
        return
    if came.taken:
        if endpoint.failing_since is not None:
            Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None)
        return
    since = endpoint.failing_since or now
    Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=since)
    if endpoint.stopped == "" and (came.status == GONE or now - since >= PATIENCE):
        why = Endpoint.Stopped.GONE if came.status == GONE else Endpoint.Stopped.FAILING
        Endpoint.objects.filter(pk=endpoint.pk).update(stopped=why, stopped_at=now)
        tell_stopped(endpoint, now)
