"""Reads what a network delivered: each message into its case, once; what is no message is only counted."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from tantam.desk import plans
from tantam.desk.arrivals import intake
from tantam.desk.arrivals.incoming import Incoming, Sender, bring_in
from tantam.desk.arrivals.intake import Odd, Read
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.arrivals.screening import HELD
from tantam.desk.arrivals.tongue import tongue_of
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging import (
    fetching,
    letting_in,
    lines,
    marks,
    messenger,
    naming,
    outgoing,
    public,
    whatsapp,
    zalo,
)
from tantam.desk.channels.messaging.letting_in import Put
from tantam.desk.channels.messaging.network import Delivery, Heard, Written
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.models import Contact
from tantam.desk.plans import RunningPlan

READERS: dict[str, tuple[Callable[[bytes, str], Delivery], str]] = {  # and the key that says which account is ours
    "whatsapp": (whatsapp.delivery, "number"),
    "messenger": (messenger.delivery, "page"),
    "zalo": (zalo.delivery, "oa"),
}

_log = logging.getLogger(__name__)


def read_delivery(kept: Arrival) -> Read:
    """Return what a delivery holds, and how it is brought into its cases."""
    read, ours = READERS[kept.channel]
    delivery = read(bytes(kept.raw), settings.MESSAGING[kept.channel].keys[ours])
    first = next(iter((*delivery.heard, *delivery.written)), None)
    return Read(
        sender=(first.called or first.handle) if first else "",
        subject=first.words.partition("\n")[0] if first else "",
        name=first.name if first else "",
        bring=lambda: _brought(kept.channel, delivery),
        said=(lambda: letting_in.said(kept.channel, delivery, plans.in_force())) if first else None,
        opens=(lambda: _let_in(kept, delivery)) if first else None,
    )


for each in READERS:
    intake.reads(each)(read_delivery)


def _brought(network: str, delivery: Delivery) -> Case:
    """Return the case of the last message. Raises Odd where there is none, or one of several was refused."""
    for lost in delivery.failed:
        outgoing.not_arrived(network, lost)
    for marked in delivery.marked:
        marks.note(network, marked)
    plan, case, problem, because = plans.in_force(), None, Problem.NONE, {}
    for heard in sorted((*delivery.heard, *delivery.written), key=lambda one: one.at):
        try:
            with transaction.atomic():
                case = _into_case(network, heard, plan, bring_in)
        except Odd as odd:  # a stranger's comment that waits
            problem, because = odd.problem, odd.because
        except Refused as refused:
            _log.warning("A message of %s was refused: %s", network, refused.code)
            problem = Problem.TOO_OFTEN if refused.code == "too_often" else Problem.REFUSED
    changed = [found for each in delivery.changed if (found := public.change(each))]
    if case is None and not problem:
        problem = Problem.NONE if changed else Problem.AUTOMATIC
    if problem:
        raise Odd(problem, because)
    return case or changed[-1]


def _let_in(kept: Arrival, delivery: Delivery) -> Case:
    """Return the case of the last of what waits, brought in by a person; inside a transaction. Raises Refused."""
    came_at = kept.received_at if kept.problem in HELD else None
    plan = plans.in_force(came_at)
    put = letting_in.putting(came_at)
    return [_into_case(kept.channel, each, plan, put) for each in letting_in.waiting(kept.channel, delivery)][-1]


def _into_case(network: str, heard: Heard, plan: RunningPlan, put: Put) -> Case:
    """Return the case of a message, or of a comment. put: brings it there. Raises Refused, Odd."""
    return public.bring(heard, plan, put) if isinstance(heard, Written) else _bring(network, heard, plan, put)


def _bring(network: str, heard: Heard, plan: RunningPlan, put: Put) -> Case:
    """Return the case that a message continued or opened; the same again changes nothing. Raises Refused."""
    value, name = lines.value_of(network, heard.handle), lines.name_of(network, heard.name)
    if not value:
        raise Refused("bad_handle", got=heard.handle[:60])
    one_at_a_time(f"line:{network}:{value}")
    if known := Message.objects.filter(message_id=name).select_related("case").first():
        return known.case
    now = clock.now()
    line = lines.heard_on(network, value, heard, now)
    case = put(
        Incoming(
            ways=lines.names_of(network),
            sender=Sender(Contact.Kind.HANDLE, value, heard.called, network),
            body=heard.words,
            message_id=name,
            language=tongue_of(heard.words, "", plan.languages),
            answers=lines.goes_on(line, now),
        ),
        plan,
    )
    fetching.ask(Message.objects.get(message_id=name), network, heard.media)
    naming.ask(line, case.customer)
    return case
