"""Who runs webhooks, and what they find: the addresses, and what was sent to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person, Role
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.common.errors import Refused


def runs_webhooks(person: object) -> bool:
    """Whether this person may see and change where other programs are told of cases."""
    return isinstance(person, Person) and works_here(person) and person.role == Role.ADMINISTRATOR


def refuse_unless_runs(person: object) -> None:
    """Raise Refused("not_allowed") for everybody else."""
    if not runs_webhooks(person):
        raise Refused("not_allowed")


def endpoints(person: object) -> QuerySet[Endpoint]:
    """Return the addresses, the newest first; none for who does not run them."""
    found = Endpoint.objects.order_by("-id")
    return found if runs_webhooks(person) else found.none()


def deliveries(endpoint: Endpoint, state: str = "") -> QuerySet[Delivery]:
    """Return what was sent to an address, or is to be, the newest first. state: of Delivery.State, "" for all."""
    found = Delivery.objects.filter(endpoint=endpoint).select_related("event__case").order_by("-id")
    return found.filter(state=state) if state in Delivery.State.values else found


def waiting(now: datetime) -> QuerySet[Delivery]:
    """Return what is due at addresses that work, the oldest first."""
    return Delivery.objects.filter(Q(endpoint__stopped=""), state=Delivery.State.WAITING, next_at__lte=now).order_by(
        "next_at", "id"
    )


def stopped(most: int) -> Sequence[Endpoint]:
    """Return the addresses that were stopped because they failed."""
    failed = (Endpoint.Stopped.GONE, Endpoint.Stopped.FAILING)
    return list(Endpoint.objects.filter(stopped__in=failed).order_by("-stopped_at")[:most])
