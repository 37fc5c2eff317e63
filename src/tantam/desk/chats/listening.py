"""Hears what happens on cases that are written by chat, and wakes the windows that show them."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tantam.desk.cases.quietly import ends_quietly
from tantam.desk.chats import copies, hub
from tantam.desk.chats.access import visitor_in
from tantam.desk.chats.models import Visitor
from tantam.desk.plans.ways import CHAT

SAID = ("opened", "received", "replied", "asked", "resolved", "reopened", "delivered", "chat_mailed", "chat_ended")
MOVED = ("taken", "handed_over", "escalated", "deescalated", "merged", "joined")
OF_LISTS = ("opened", "resolved", "reopened", "chat_mailed", "chat_ended", *MOVED)
PROMISED = ("promised", "kept", "broken", "moved", "withdrawn", "paused", "resumed")


@hears(*SAID, *MOVED, *PROMISED)
def wake(act: Act, event: CaseEvent) -> None:
    """Tell the windows of the case, of its owner, and where lists change of everybody; once an act each."""
    if act.case.channel not in CHAT:
        return
    topics = [hub.of_case(act.case.pk), *_windows(act)]
    if act.case.owner_id:
        topics.append(hub.of_person(act.case.owner_id))
    if event.code in OF_LISTS or not act.case.owner_id:
        topics.append(hub.DESK)
    told: set[str] = act.remembered.setdefault("chats", set())
    if new := [each for each in topics if each not in told]:
        told.update(new)
        hub.tell(*new)


def _windows(act: Act) -> list[str]:
    """Return the topics of the windows at which the case is written; one query an act."""
    found = act.remembered.get("chat_windows")
    if found is None:
        theirs = Visitor.objects.filter(case__in=act.stands_for, case__customer=act.case.customer_id)
        found = act.remembered["chat_windows"] = [hub.of_visitor(pk) for pk in theirs.values_list("pk", flat=True)]
    return list(found)


@hears("resolved")
def send_copy(act: Act, event: CaseEvent) -> None:
    """Send the conversation to who asked for it, once it is settled; none of spam."""
    if act.case.channel in CHAT and not ends_quietly(event) and (visitor := visitor_in(act.case)) is not None:
        copies.send_if_asked(act, visitor)
