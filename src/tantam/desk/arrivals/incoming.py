"""What somebody wrote to us by any channel, and the case it goes to: one that it continues, else a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from tantam.desk.arrivals import screening
from tantam.desk.arrivals.odd import Odd
from tantam.desk.cases import attachments
from tantam.desk.cases.actions import open_case, receive
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case, Message, RichBody
from tantam.desk.cases.said import first_of
from tantam.desk.common import rate
from tantam.desk.customers.actions import welcome, welcome_by_handle
from tantam.desk.customers.contacts import normal_mail
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.plans import RunningPlan, ways

OPENED = rate.Rate("arrival_opened", 20)  # of one sender; each may be answered with a letter


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote; kind, value and network as a contact is kept.

    vouched: whether the channel vouches for it that all of the words are theirs; it does not for an address that
    somebody merely typed, nor for what several people wrote.
    """

    kind: Contact.Kind
    value: str
    name: str = ""
    network: str = ""
    vouched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message. ways: the names that a plan may give the channel. message_id: the same again is the same message.

    answers: the cases that it may continue, the most trusted first; only one that is the sender's own is continued.
    language: of a case that it opens. html: as it was laid out, or "". may_wait: a stranger's may be held in the tray:
    the channel can tell later what was said (`Read.said`).
    """

    ways: tuple[str, ...]
    sender: Sender
    body: str
    message_id: str
    language: str
    subject: str = ""
    answers: Sequence[Case] = ()
    files: Sequence[Brought] = ()
    html: str = ""
    may_wait: bool = False


def bring_in(what: Incoming, plan: RunningPlan) -> Case:
    """Return the case that the message continued or opened. plan: in force.

    Raises Odd where a stranger's words are held; Refused: says_nothing, too_long, too_often (more cases of one sender
    in an hour than people have).
    """
    if case := next((each for each in what.answers if may_continue(each, what.sender)), None):
        with transaction.atomic():
            continue_with(what, case, plan)
        return case
    if what.may_wait and not is_known(what.sender):
        _hold(what)
    rate.count(OPENED, what.sender.value)  # counted even where what follows is undone
    with transaction.atomic():
        return open_for(what, plan)


def open_for(what: Incoming, plan: RunningPlan, *, came_at: datetime | None = None) -> Case:
    """Return the case that a message opens, whatever it answers; the caller is inside a transaction. Raises Refused.

    came_at: since when what is owed counts; None for now.
    """
    case = _opened(what, plan, came_at)
    if first := first_of(case):
        _keep(first, what)
    return case


def continue_with(what: Incoming, case: Case, plan: RunningPlan) -> None:
    """Add a message to a case of its sender's; the caller is inside a transaction. Raises Refused."""
    way = ways.way_in(plan, what.ways)
    _keep(receive(case, what.body, channel=way, message_id=what.message_id), what)


def may_continue(case: Case, sender: Sender) -> bool:
    """Whether the case is the sender's own: an address of its customer, that the channel vouches for.

    Knowing a case by name is no claim to it, and neither is knowing its customer's address.
    """
    return sender.vouched and _contacts_of(sender).filter(customer=case.customer_id).exists()


def is_known(sender: Sender) -> bool:
    """Whether the address is one of a customer's."""
    return _contacts_of(sender).exists()


def _contacts_of(sender: Sender) -> QuerySet[Contact]:
    kept = normal_mail(sender.value) if sender.kind == Contact.Kind.MAIL else sender.value
    return Contact.objects.filter(kind=sender.kind, network=sender.network, value=kept)


def _hold(what: Incoming) -> None:
    """Raise Odd where a stranger's words are to wait in the tray."""
    words = screening.Stranger(body=what.body, subject=what.subject, name=what.sender.name, sender=what.sender.value)
    verdict = screening.looked_at(words)
    if verdict is not screening.PASSED:
        raise Odd(verdict.problem, verdict.because)


def _opened(what: Incoming, plan: RunningPlan, came_at: datetime | None) -> Case:
    customer = _welcomed(what.sender, what.language, plan)
    return open_case(
        Concern(
            customer=customer,
            subject=what.subject,
            body=what.body,
            channel=ways.way_in(plan, what.ways),
            language=customer.language if customer.language in plan.languages else what.language,
            message_id=what.message_id,
            plan=plan,
            came_at=came_at,
        )
    )


def _welcomed(sender: Sender, language: str, plan: RunningPlan) -> Customer:
    name = sender.name or sender.value
    match sender.kind:
        case Contact.Kind.HANDLE:
            handle, network = sender.value, sender.network
            return welcome_by_handle(handle=handle, network=network, name=name, language=language, plan=plan)
        case Contact.Kind.MAIL:
            return welcome(name=name, mail=sender.value, language=language, plan=plan)
        case Contact.Kind.PHONE:
            return welcome(name=name, phone=sender.value, language=language, plan=plan)


def _keep(message: Message, what: Incoming) -> None:
    """Name the files by the message, and keep how it was laid out."""
    attachments.attach_once(message, what.files)
    if what.html.strip():
        RichBody.objects.get_or_create(message=message, defaults={"html": what.html})
