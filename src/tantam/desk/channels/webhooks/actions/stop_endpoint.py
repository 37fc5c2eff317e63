"""Stop an address, start it again, or take it away."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.channels.webhooks import outbox
from tantam.desk.channels.webhooks.access import refuse_unless_runs
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.common import clock


def stop_endpoint(endpoint: Endpoint, person: Person) -> None:
    """Tell it nothing any more; what waits, waits. Raises Refused("not_allowed")."""
    refuse_unless_runs(person)
    hand = Endpoint.Stopped.HAND
    Endpoint.objects.filter(pk=endpoint.pk, stopped="").update(stopped=hand, stopped_at=clock.now())


@transaction.atomic
def start_endpoint(endpoint: Endpoint, person: Person) -> None:
    """Tell it again what happens from now on, and what waits. Raises Refused("not_allowed")."""
    refuse_unless_runs(person)
    now = clock.now()
    fresh = {"stopped": "", "stopped_at": None, "failing_since": None}
    if Endpoint.objects.filter(pk=endpoint.pk).exclude(stopped="").update(**fresh):
        waiting = Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING)
        waiting.filter(next_at__lt=now).update(next_at=now)
        outbox.ask(waiting.order_by("next_at", "id")[:1])


def remove_endpoint(endpoint: Endpoint, person: Person) -> None:
    """Take it away with all that was sent to it. Raises Refused("not_allowed")."""
    refuse_unless_runs(person)
    endpoint.delete()
