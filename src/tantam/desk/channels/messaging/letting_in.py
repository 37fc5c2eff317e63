"""What of a delivery waits in the tray, in words; and how a person brings it in, past what held or refused it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tantam.desk.arrivals.incoming import Incoming, Sender, continue_with, may_continue, open_for
from tantam.desk.arrivals.tongue import tongue_of
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging import lines, public
from tantam.desk.channels.messaging.network import Delivery, Heard, Written
from tantam.desk.customers.models import Contact
from tantam.desk.plans import RunningPlan

Put = Callable[[Incoming, RunningPlan], Case]


def waiting(network: str, delivery: Delivery) -> list[Heard]:
    """Return what of a delivery is in no case, in the order in which it was written; where all of it is, all."""
    every = sorted((*delivery.heard, *delivery.written), key=lambda one: one.at)
    names = {each.name: lines.name_of(_network_of(network, each), each.name) for each in every}
    known = set(Message.objects.filter(message_id__in=names.values()).values_list("message_id", flat=True))
    return [each for each in every if names[each.name] not in known] or every


def said(network: str, delivery: Delivery, plan: RunningPlan) -> Incoming:
    """Return the words that wait, for who looks at them: those of one writer, below them who else wrote what."""
    left = waiting(network, delivery)
    first, own = left[0], [each for each in left if each.handle == left[0].handle]
    others = [f"{each.called or each.handle}: {each.words}" for each in left if each.handle != first.handle]
    body, by = "\n\n".join([*(each.words for each in own), *others]), _network_of(network, first)
    value = lines.value_of(by, first.handle) or first.handle
    return Incoming(
        ways=public.WAYS if by == public.NETWORK else lines.names_of(network),
        sender=Sender(Contact.Kind.HANDLE, value, first.called, by, vouched=not others),
        body=body,
        message_id=lines.name_of(by, first.name),
        language=tongue_of(body, "", plan.languages),
    )


def putting(came_at: datetime | None) -> Put:
    """Return what brings in a message on a person's word. came_at: since when what is owed counts, None for now."""

    def put(what: Incoming, plan: RunningPlan) -> Case:
        case = next((each for each in what.answers if may_continue(each, what.sender)), None)
        if case is None:
            return open_for(what, plan, came_at=came_at)
        continue_with(what, case, plan)
        return case

    return put


def _network_of(network: str, heard: Heard) -> str:
    return public.NETWORK if isinstance(heard, Written) else network
