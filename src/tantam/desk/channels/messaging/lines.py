"""Who writes to us in a network: which of their cases they go on with, and whether they may still be answered."""

from __future__ import annotations

import hashlib
from datetime import datetime

from tantam.desk import plans
from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Shut, Way
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging import networks
from tantam.desk.channels.messaging.models import Line
from tantam.desk.channels.messaging.network import Heard, Network, answering, hours, is_open, longest
from tantam.desk.customers.contacts import NETWORKS, normal_handle
from tantam.desk.customers.models import Contact
from tantam.desk.plans import going_on

DELIVER = "deliver_by_network"  # work whose payload is {"message": id, "line": id}
MOST_MESSAGE_NAME = 200  # characters


def names_of(network: str) -> tuple[str, ...]:
    """Return how a plan may call the network as a channel."""
    return (network, "messaging", "social")


def name_of(network: str, name: str) -> str:
    """Return the name under which the desk keeps a message of a network; no mail refers to it."""
    kept = name if len(name) <= MOST_MESSAGE_NAME else hashlib.sha256(name.encode()).hexdigest()
    return f"<{network}.{kept}@received>"


def value_of(network: str, handle: str) -> str:
    """Return a handle as a contact is kept, "" for none. A number of WhatsApp comes without its +."""
    return normal_handle(f"+{handle}" if network == "whatsapp" else handle, network)


def heard_on(network: str, value: str, heard: Heard, now: datetime) -> Line:
    """Return the line, open anew from their words on; inside a transaction. Words of the future count as now."""
    at = min(heard.at, now)
    line, new = Line.objects.get_or_create(
        network=network, value=value, defaults={"handle": heard.handle, "heard_at": at}
    )
    if not new and (at > line.heard_at or heard.handle != line.handle):
        line.heard_at, line.handle = max(at, line.heard_at), heard.handle
        line.save(update_fields=["heard_at", "handle"])
    return line


def goes_on(line: Line, now: datetime) -> list[Case]:
    """Return the newest case that they began or went on with in this network, unless it is over by the plan.

    One in which a comment of theirs was answered in private goes on there, too.
    """
    theirs = Contact.objects.filter(kind=Contact.Kind.HANDLE, network=line.network, value=line.value)
    wrote = Message.objects.filter(
        case__customer__contacts__in=theirs,
        direction=Message.Direction.INCOMING,
        message_id__startswith=f"<{line.network}.",
    )
    asked = Message.objects.filter(comment__reached=line.value, comment__network=public_of(line.network))
    newest = max(filter(None, (wrote.order_by("-id").first(), asked.order_by("-id").first())), default=None, key=_age)
    found = Case.objects.filter(pk=newest.case_id) if newest else []
    plan = plans.in_force(now)
    return [each for each in found if going_on.goes_on(plan, names_of(line.network), each.resolved_at, now)]


def public_of(network: str) -> str:
    """Return the network in which those who write by this one comment in public, "" for none."""
    return "facebook" if network == "messenger" else ""


def _age(message: Message) -> int:
    return message.pk


def way_back(act: Act) -> Way | Shut | None:
    """Return how an answer goes back to whoever wrote last by a network; None for a case of another channel."""
    newest = act.case.messages.filter(direction=Message.Direction.INCOMING).order_by("-id").first()
    name = _network_of(newest.message_id or "") if newest else ""
    network = networks.of(name) if name else None
    line = line_of(act, name) if network else None
    if network is None or line is None:
        return None
    if answering(network, line.heard_at, act.now, act.person) is None:
        return Shut(NETWORKS[name], hours(network, act.person), name=name)
    return _way(network, line, act)


def way_of_customer(act: Act, name: str) -> Way | None:
    """Return the way by a network in which the case's customer may be answered, whatever they wrote by last."""
    network, line = networks.of(name), line_of(act, name)
    if network is None or line is None or answering(network, line.heard_at, act.now, act.person) is None:
        return None
    return _way(network, line, act)


def line_of(act: Act, name: str) -> Line | None:
    """Return where the case's customer wrote to us by a network, of several the one they used last."""
    theirs = act.case.customer.contacts.filter(kind=Contact.Kind.HANDLE, network=name).values("value")
    return Line.objects.filter(network=name, value__in=theirs).order_by("-heard_at").first()


def _way(network: Network, line: Line, act: Act) -> Way:
    remark = "" if act.now < line.heard_at + network.free else "paid"
    remark = remark if is_open(network, line.heard_at, act.now) else "by_hand"
    shuts_at = line.heard_at + longest(network, act.person)
    return Way(names_of(line.network), line.value, DELIVER, {"line": line.pk}, remark, network.takes, shuts_at)


def _network_of(message_id: str) -> str:
    """Return the network by which a message came, "" for another channel."""
    name = message_id.removeprefix("<").partition(".")[0]
    return name if name in networks.MAKERS and message_id.endswith("@received>") else ""
