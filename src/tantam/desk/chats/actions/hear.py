"""Take in what a visitor writes: the first words open their case, the next ones go on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import attachments, joined
from tantam.desk.cases.actions import open_case, receive
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case, Message
from tantam.desk.chats import hub
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.actions import meet, welcome_by_handle
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, chatting
from tantam.desk.plans.going_on import goes_on
from tantam.desk.plans.ways import CHAT

NETWORK = "chat"  # of the handle by which we know somebody who left no address


@dataclass(frozen=True, slots=True)
class Said:
    """What came from a window. name: by which the message is known, the same again is the same message."""

    visitor: int
    name: str
    body: str
    files: Sequence[Brought] = ()


def hear(said: Said) -> Case:
    """Return the case that the words opened or went on with. Raises NoPlan; Refused: says_nothing, too_long."""
    with transaction.atomic():
        one_at_a_time(f"visitor:{said.visitor}")  # their row is locked after their case, as by whoever answers
        visitor = Visitor.objects.select_related("case", "customer").get(pk=said.visitor)
        if known := Message.objects.filter(message_id=said.name).select_related("case").first():
            return known.case
        plan, now = plans.in_force(), clock.now()
        case = _goes_on(visitor, plan, now)
        if case is not None:
            message = receive(case, said.body, channel=chatting.channel(plan) or case.channel, message_id=said.name)
        else:
            case = _opened(visitor, said, plan)
            message = Message.objects.get(message_id=said.name)
        attachments.attach_once(message, said.files)
        _keep(visitor, case, message, plan, now)
        hub.pass_on(case.pk, visitor.pk, who=hub.VISITOR, on=False)  # who sent it types no more
        return case


def handle_of(visitor: Visitor) -> str:
    """Return what we know somebody by who left no address."""
    return f"chat-{visitor.key[:10].casefold()}"


def _goes_on(visitor: Visitor, plan: RunningPlan, now: datetime) -> Case | None:
    """Return the case that they write in, or that it was joined to; None once it was settled long ago."""
    if visitor.case is None:
        return None
    stands = joined.target(visitor.case)
    return visitor.case if goes_on(plan, CHAT, stands.resolved_at, now) else None


def _opened(visitor: Visitor, said: Said, plan: RunningPlan) -> Case:
    customer = visitor.customer or _met(visitor, plan)
    visitor.customer = customer
    return open_case(
        Concern(
            customer=customer,
            body=said.body,
            channel=chatting.channel(plan),
            language=visitor.language,
            message_id=said.name,
            plan=plan,
        )
    )


def _met(visitor: Visitor, plan: RunningPlan) -> Customer:
    """Return who they are as far as they told: an address that somebody types proves nothing."""
    if visitor.mail:
        return meet(name=visitor.name, contact=visitor.mail, language=visitor.language, plan=plan)
    handle = handle_of(visitor)
    name, lang = visitor.name or handle, visitor.language
    return welcome_by_handle(handle=handle, network=NETWORK, name=name, language=lang, plan=plan)


def _keep(visitor: Visitor, case: Case, message: Message, plan: RunningPlan, now: datetime) -> None:
    """Note which case they write in; who writes has read what stands above, and an ended chat goes on."""
    changed_meanwhile = ("read_id", "ended_at", "mailed_at")
    visitor.refresh_from_db(fields=changed_meanwhile, from_queryset=Visitor.objects.select_for_update())
    visitor.case, visitor.seen_at, visitor.read_id = case, now, max(visitor.read_id, message.pk - 1)
    fields = ["case", "customer", "seen_at", "read_id"]
    if not visitor.is_open and chatting.openness(plan, now).open:
        visitor.ended_at = visitor.mailed_at = None
        visitor.mailed_why = ""
        fields += ["ended_at", "mailed_at", "mailed_why"]
    visitor.save(update_fields=fields)
    hub.tell(hub.of_visitor(visitor.pk))
