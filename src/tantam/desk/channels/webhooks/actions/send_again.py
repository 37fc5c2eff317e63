"""Send by hand: one delivery again, all that failed, or an event to try the address with."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.channels.webhooks import outbox
from tantam.desk.channels.webhooks.access import refuse_unless_runs
from tantam.desk.channels.webhooks.codes import TEST
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused

MOST = 1_000  # at a time


@transaction.atomic
def send_again(delivery: Delivery, person: Person) -> None:
    """Send it now, under the same id, with all its attempts before it. Raises Refused: not_allowed, webhook_stopped."""
    _refuse_unless_works(delivery.endpoint, person)
    _send([delivery])


@transaction.atomic
def send_failed_again(endpoint: Endpoint, person: Person) -> int:
    """Send what was given up and what waits for another attempt, the oldest MOST; return how many.

    Raises Refused: not_allowed, webhook_stopped.
    """
    _refuse_unless_works(endpoint, person)
    kept = Delivery.objects.filter(endpoint=endpoint, attempts__gt=0).exclude(state=Delivery.State.TAKEN)
    found = list(kept.order_by("id")[:MOST])
    _send(found)
    return len(found)


@transaction.atomic
def send_test(endpoint: Endpoint, person: Person) -> Delivery:
    """Return an event without a case that is sent now, once. Raises Refused: not_allowed, webhook_stopped."""
    _refuse_unless_works(endpoint, person)
    now = clock.now()
    made = Delivery.objects.create(endpoint=endpoint, code=TEST, at=now, next_at=now)
    outbox.ask([made])
    return made


def _refuse_unless_works(endpoint: Endpoint, person: Person) -> None:
    refuse_unless_runs(person)
    if Endpoint.objects.filter(pk=endpoint.pk).exclude(stopped="").exists():
        raise Refused("webhook_stopped")


def _send(found: list[Delivery]) -> None:
    now = clock.now()
    fresh = {"state": Delivery.State.WAITING, "attempts": 0, "next_at": now}
    Delivery.objects.filter(pk__in=[each.pk for each in found]).update(**fresh)
    for each in found:
        each.attempts, each.next_at = 0, now
    outbox.ask(found[:1])  # one is enough: the thread sends all that is due
