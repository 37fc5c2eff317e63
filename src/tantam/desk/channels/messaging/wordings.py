"""Texts that networks approved: asked for once a day, and brought to whoever agreed to be written to by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from tantam.desk import plans
from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Way
from tantam.desk.cases.models import Message
from tantam.desk.channels.messaging import lines, networks
from tantam.desk.channels.messaging.models import MOST_PART, Line, Part
from tantam.desk.channels.messaging.network import Closed, Finished, NeverTaken, NotTaken, Worded
from tantam.desk.channels.messaging.outgoing import otherwise
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles, handles_long
from tantam.desk.customers.consent import agreed
from tantam.desk.customers.contacts import NETWORKS
from tantam.desk.customers.models import Contact
from tantam.desk.plans import ways
from tantam.desk.wordings import actions, carriers
from tantam.desk.wordings.actions.ask_again import READ
from tantam.desk.wordings.carriers import Carried
from tantam.desk.wordings.models import Used

DELIVER = "deliver_wording"  # work whose payload is {"message": id, "line": id}
BY_PHONE = ("zalo",)  # networks that bring them to a telephone number, and not to whom one wrote with


@handles_long(READ)
def read_wordings(_payload: Mapping[str, Any]) -> None:
    """Keep what every network approved; one that does not answer keeps none of the others back. Raises NotTaken."""
    away = []
    for name in networks.MAKERS:
        network = networks.of(name)
        if not isinstance(network, Worded):
            continue
        try:
            told = network.wordings() if network.worded else []
        except (NotTaken, NeverTaken, Closed, KeyError, TypeError, ValueError) as wrong:
            away.append(f"{name}: {type(wrong).__name__}: {wrong}"[:300])
            continue
        actions.keep(name, told)
    if away:
        raise NotTaken("; ".join(away))


recurs(READ, timedelta(days=1))


def carry(name: str, act: Act) -> Carried | None:
    """Return how a wording gets to the case's customer by this network. Raises Refused("wording_no_number")."""
    network = networks.of(name)
    line = lines.line_of(act, name) if isinstance(network, Worded) and network.worded else None
    if line is None:
        return None
    address = _phone_of(act) if name in BY_PHONE else line.handle
    if not address:
        raise Refused("wording_no_number", network=NETWORKS[name])
    return Carried(Way(lines.names_of(name), line.value, DELIVER, {"line": line.pk}), address)


def register() -> None:
    """Say of each network that has wordings how they are carried."""
    for name in ("whatsapp", "zalo"):
        carriers.register(name, partial(carry, name))


@handles(DELIVER)
def deliver(payload: Mapping[str, Any]) -> None:
    """Deliver one message by its wording, once. Raises NotTaken, Hopeless.

    Who took back what they agreed to since it was written gets nothing; what the network refuses goes by mail.
    """
    message = outbox.to_deliver(int(payload["message"]))
    if message is None:
        return
    line = Line.objects.get(pk=payload["line"])
    used = Used.objects.select_related("wording").get(message=message)
    if not _may_still(message, used, line):
        outbox.withheld(message, clock.now())
        return
    network = networks.of(line.network)
    if not isinstance(network, Worded):
        raise NotTaken(f"{line.network} has no account here.")
    if not Part.objects.filter(message=message).exists():
        try:
            name = network.send_wording(used.address, _finished(used))
        except (Closed, NeverTaken) as refused:
            otherwise(message, f"{line.network}: {refused}")
            return
        Part.objects.create(message=message, line=line, number=0, name=name[:MOST_PART])
    outbox.delivered(message, clock.now())
    outbox.hurry_next(message)


def _may_still(message: Message, used: Used, line: Line) -> bool:
    channel = ways.way_in(plans.in_force(), lines.names_of(line.network))
    return agreed(message.case.customer, used.wording.purpose, channel)


def _finished(used: Used) -> Finished:
    wording = used.wording
    places = [str(each["name"]) for each in wording.places]
    values = {place: str(used.values[place]) for place in places if place in used.values}
    return Finished(wording.key, wording.name, wording.language, values, str(used.message_id))


def _phone_of(act: Act) -> str:
    """Return the number that their wordings go to: the preferred one, else one that was checked, else the first."""
    phones = [each for each in act.case.customer.contacts.all() if each.kind == Contact.Kind.PHONE]
    best = min(phones, key=lambda each: (not each.preferred, each.verified_at is None, each.pk), default=None)
    return best.value.removeprefix("+") if best else ""
