"""Brings what networks tell of our messages to their receipts: by ids, or all that went out up to an instant."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.channels.messaging import lines
from tantam.desk.channels.messaging.models import MOST_PART, Part
from tantam.desk.channels.messaging.network import Marked
from tantam.desk.receipts import actions
from tantam.desk.receipts.models import Receipt

MOST = 200  # messages that one instant tells of
WHY = {  # codes of Meta, as `Failed.why` begins
    "131047": Receipt.Lost.WINDOW,
    "131026": Receipt.Lost.UNREACHABLE,
    "131030": Receipt.Lost.UNREACHABLE,
    "131049": Receipt.Lost.HELD,
    "130472": Receipt.Lost.HELD,
}


def note(network: str, marked: Marked) -> None:
    """Note what is told of messages of ours; of others nothing."""
    messages = list(_told_of(network, marked).order_by("-message").values_list("message", flat=True)[:MOST])
    if messages:
        (actions.read if marked.read else actions.reached)(messages, marked.at)


def why(said: str) -> Receipt.Lost:
    """Return why a message was lost, of what the network said."""
    return WHY.get(said.partition(" ")[0], Receipt.Lost.OTHER)


def _told_of(network: str, marked: Marked) -> QuerySet[Part]:
    ours = Part.objects.filter(line__network=network)
    if marked.names:
        return ours.filter(name__in=[each[:MOST_PART] for each in marked.names if each])
    value = lines.value_of(network, marked.handle)
    return ours.filter(line__value=value, message__delivered_at__lte=marked.at)
