"""Asks a network how somebody calls themselves, while we know no more of them than the id of their line."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from tantam.desk.channels.messaging import networks
from tantam.desk.channels.messaging.models import Line
from tantam.desk.channels.messaging.network import Closed, NeverTaken, NotTaken
from tantam.desk.common import clock, work
from tantam.desk.common.ids import new_id
from tantam.desk.common.work import handles
from tantam.desk.customers.actions import learn_name
from tantam.desk.customers.models import Customer

ASK = "ask_name"  # work whose payload is {"line": id}

_log = logging.getLogger(__name__)


def ask(line: Line, customer: Customer) -> None:
    """Ask for the name of a customer who is called by their handle, in the caller's transaction."""
    if customer.name == line.value and line.network != "whatsapp":
        work.due(ASK, f"{ASK}:{line.pk}:{new_id()}", {"line": line.pk}, clock.now())


@handles(ASK)
def asked(payload: Mapping[str, Any]) -> None:
    """Call them as the network does. What it does not tell is no trouble: their next message asks again."""
    line = Line.objects.get(pk=payload["line"])
    network = networks.of(line.network)
    try:
        name = network.called(line.handle) if network else ""
    except (NotTaken, NeverTaken, Closed) as untold:
        _log.info("%s does not say how somebody is called: %s", line.network, untold)
        return
    learn_name(name, handle=line.value, network=line.network)
