"""What is said to customers: written with the case, delivered afterwards, at least once, under one Message-ID."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tantam.desk import plans
from tantam.desk.cases import carriers, quiet, said
from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Way
from tantam.desk.cases.models import Actor, Case, Message
from tantam.desk.cases.quiet import Kept
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.ids import new_id
from tantam.desk.customers.consent import UNASKED, may
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.models import Customer, Purpose
from tantam.desk.plans import RunningPlan, ways

DELIVER = "deliver_message"  # work whose payload is {"message": id}; the mail channel does it
ANY_HOUR = "any_hour"  # in the payload of what a colleague sends in quiet hours all the same


def post(
    act: Act,
    body: str,
    *,
    submission: str | None = None,
    purpose: str = Purpose.SERVICE.value,
    by: Way | None = None,
) -> Message:
    """Write a message to the customer and ask for its delivery, in the act's transaction.

    body: the words alone; greeting, link and closing are the channel's. It goes back by the channel that carries it
    (`carriers`), else to their mail address; who has none reads it under their private link.
    purpose: what it is for, of `customers.Purpose`. In the customer's quiet hours it waits for their end; what goes
    out at once takes along what waits in the case. Nobody guesses its Message-ID.
    by: the one way that it goes, which its caller chose and asked consent for. Raises Refused("not_agreed") where it is
    no service, and they did not agree to such letters.
    """
    if by is None and not may_go(act.case.customer, purpose, act.plan):
        raise Refused("not_agreed")
    identity, way = new_id(), by or _way(act, purpose)
    kept = _kept(act, way, act.now)
    goes_at = kept.until if kept else None
    message = Message(
        pk=identity,
        direction=said.Direction.OUTGOING,
        author=act.person,
        channel=ways.way_in(act.plan, way.names),
        body=said.clean(body),
        message_id=f"<{identity}.{secrets.token_hex(8)}.{act.case.reference}@{settings.MAIL_DOMAIN}>",
        sent_to=way.address,
        delivered_at=None if way.address else act.now,
        submission=said.once(act.case.pk, submission),
        purpose=purpose,
        goes_at=goes_at,
    )
    said.write(act, message)
    if way.address:
        told = {"message": identity, **way.told} | ({ANY_HOUR: True} if act.any_hour else {})
        work.due(way.work, _key(identity), told, goes_at or act.now)
        if goes_at is None:
            _take_along(message)
    return message


def kept_back(act: Act, at: datetime) -> Kept | None:
    """Return until when quiet hours keep a colleague's words that would go out at `at`; None if they go out then."""
    return _kept(act, _way(act, Purpose.SERVICE.value), at)


def _kept(act: Act, way: Way, at: datetime) -> Kept | None:
    """Return until when words wait. What is read on a page or in a window that one opened oneself wakes nobody.

    Nothing waits until its way is shut and no mail could take its place: it would reach nobody.
    """
    wakes = bool(way.address) and way.names != ways.CHAT
    kept = quiet.kept_back(act.case, act.plan, at) if wakes and not act.any_hour else None
    too_late = kept is not None and way.shuts_at is not None and way.shuts_at <= kept.until
    return None if too_late and not mail_of(act.case.customer) else kept


def _take_along(message: Message) -> None:
    """Let what waits in the case for the end of quiet hours go out before this message, in its order."""
    waiting = Message.objects.filter(case=message.case_id, delivered_at=None, goes_at__gt=message.written_at)
    if keys := _keys(waiting):
        kept = [kept_key(each) for each in waiting.values_list("pk", flat=True)]
        waiting.update(goes_at=None)
        work.advance([*keys, *kept])


def waiting(case: Case, now: datetime) -> list[Message]:
    """Return what was written in the case and quiet hours still keep, oldest first."""
    return list(case.messages.filter(goes_at__gt=now, delivered_at=None).order_by("id"))


def may_go(customer: Customer, purpose: str, plan: RunningPlan) -> bool:
    """Whether a letter of this purpose may go to the customer: what is no service, only while they agree to it."""
    return purpose in UNASKED or may(customer, purpose, ways.way_in(plan, ways.MAIL))


def withheld(message: Message, now: datetime) -> None:
    """Note that a message does not go out: since it was written, its reader said no to such letters."""
    with transaction.atomic():
        act = Act(message.case, now, plans.version(message.case.plan_version_id), Actor.PLAN)
        if not is_withheld(message):
            act.append("withheld", message=message.pk, purpose=message.purpose)


def is_withheld(message: Message) -> bool:
    """Whether it was noted that the message does not go out."""
    return message.case.events.filter(code="withheld", args__message=message.pk).exists()


def by_mail(message: Message, now: datetime) -> bool:
    """Let a message go by mail that another channel did not carry; False where no mail address is known."""
    recipient = mail_of(message.case.customer)
    if not recipient:
        return False
    plan = plans.version(message.case.plan_version_id)
    kept = quiet.kept_back(message.case, plans.in_force(), now)
    with transaction.atomic():
        message.sent_to, message.channel, message.delivered_at = recipient, ways.way_in(plan, ways.MAIL), None
        message.goes_at = kept.until if kept else None
        message.save(update_fields=["sent_to", "channel", "delivered_at", "goes_at"])
        work.due(DELIVER, _mail_key(message.pk), {"message": message.pk}, message.goes_at or now)
    return True


def to_deliver(message_id: int) -> Message | None:
    """Return the message with case and customer if it is still to be delivered, else None."""
    waiting = Message.objects.select_related("case__customer", "author").filter(delivered_at=None)
    return waiting.filter(pk=message_id).exclude(sent_to="").first()


def put_off(message: Message, now: datetime) -> datetime | None:
    """Return until when quiet hours keep a mail that could not go out in time; None if it goes now, whatever the hour.

    Nothing is kept back that what is to go out at any hour would wait for.
    """
    kept = quiet.kept_back(message.case, plans.in_force(), now)
    if kept is None:
        return None
    later = Message.objects.filter(case=message.case_id, id__gte=message.pk, sent_to=message.sent_to, delivered_at=None)
    if work.is_open(_keys(later), **{ANY_HOUR: True}):
        return None
    Message.objects.filter(pk=message.pk).update(goes_at=kept.until)
    return kept.until


def waits_for_another(message: Message) -> bool:
    """Whether something said before in the case, to the same address, is still to go out; what was given up is not."""
    theirs = Message.objects.filter(case=message.case_id, id__lt=message.pk, sent_to=message.sent_to, delivered_at=None)
    keys = _keys(theirs.filter(direction=said.Direction.OUTGOING))
    return bool(keys) and work.is_open(keys)


def hurry_next(message: Message) -> None:
    """Let what waits for this message in its case go out now."""
    waiting = Message.objects.filter(
        case=message.case_id, id__gt=message.pk, sent_to=message.sent_to, delivered_at=None
    )
    if keys := _keys(waiting):
        work.hurry_these(keys)


def _keys(messages: QuerySet[Message]) -> list[str]:
    """Return the keys of the work that may deliver these: as they were posted, and by mail after another way failed."""
    found = list(messages.values_list("pk", flat=True))
    return [*map(_key, found), *map(_mail_key, found)]


def _key(message_id: int) -> str:
    return f"message:{message_id}"


def _mail_key(message_id: int) -> str:
    return f"mail:{message_id}"


def kept_key(message_id: int) -> str:
    """Return the key of the work by which a message that waits keeps its promises."""
    return f"keeps:{message_id}"


def delivered(message: Message, now: datetime) -> None:
    """Note that the message was handed over, with its event; a second time changes nothing."""
    with transaction.atomic():
        if not Message.objects.filter(pk=message.pk, delivered_at=None).update(delivered_at=now):
            return
        held = plans.version(message.case.plan_version_id)
        act = Act(message.case, now, held, Actor.PLAN)
        act.append("delivered", message=message.pk)


def _way(act: Act, purpose: str) -> Way:
    """Return how a letter goes. What is no service goes by mail alone: to that its reader agreed."""
    way = carriers.way_of(act) if purpose in UNASKED else None
    if isinstance(way, Way):
        return way
    recipient = mail_of(act.case.customer)
    return Way(ways.MAIL if recipient else ways.WEB, recipient, DELIVER)
