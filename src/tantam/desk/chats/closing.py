"""At the end of the plan's hours chats go on by mail: looked at every minute, for hours may end by a directive too."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from tantam.desk import plans
from tantam.desk.cases.models import Case
from tantam.desk.chats.actions.mail_on import mail_on
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock, recurring
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import handles
from tantam.desk.plans import chatting

CLOSE = "close_chats"  # work without payload
EVERY = timedelta(minutes=1)
BREAK = timedelta(hours=2)  # so long a conversation waits: a lunch is no end of it
MOST = 200  # chats at a time

recurring.recurs(CLOSE, EVERY)

_log = logging.getLogger(__name__)


@handles(CLOSE)
def close(_payload: Mapping[str, Any]) -> None:
    """Let every chat that is under way go on by mail, if the plan answers none now, nor soon again."""
    now = clock.now()
    try:
        openness = chatting.openness(plans.in_force(now), now)
    except plans.NoPlan:
        return
    if openness.open or openness.next is not None and openness.next <= now + BREAK:
        return
    for each in _under_way():
        try:
            mail_on(each)
        except Refused as refused:
            _log.info("The chat of case %s was not closed: %s", each.reference, refused.code)


def _under_way() -> Iterator[Case]:
    """Yield the cases with a chat, MOST read at a time; one that will not be closed keeps none behind it open."""
    open_ones = Visitor.objects.filter(ended_at=None, mailed_at=None, case__status__in=Case.UNDER_WAY)
    cases, last = Case.objects.filter(pk__in=open_ones.values("case")).order_by("id"), 0
    while found := list(cases.filter(pk__gt=last)[:MOST]):
        yield from found
        last = found[-1].pk
