"""Hands what is said to customers over to the mail server; a mail sent twice has one Message-ID."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tantam.desk import plans
from tantam.desk.cases import letters, outbox
from tantam.desk.cases.actions.note_return import note_return
from tantam.desk.cases.models import Message
from tantam.desk.channels.email import services
from tantam.desk.channels.email.dress import dressed
from tantam.desk.channels.email.heading import Heading, by_itself, follows, one_line
from tantam.desk.channels.email.invitations import attach_invitation
from tantam.desk.channels.email.letter import letter_of
from tantam.desk.channels.email.line import NotDelivered, ServerAway, Undeliverable, hand_over, is_back
from tantam.desk.channels.email.parcels import pack
from tantam.desk.channels.email.reply_address import reply_address
from tantam.desk.channels.email.subjects import subject_with
from tantam.desk.common import clock, work
from tantam.desk.common.work import handles
from tantam.desk.customers import address
from tantam.desk.customers.actions.prove_contact import PROOFS
from tantam.desk.customers.consent import UNASKED
from tantam.desk.customers.stopping import stop_page

THREAD = 20  # earlier Message-IDs in References


@handles(outbox.DELIVER)
def deliver_message(payload: Mapping[str, Any]) -> None:
    """Deliver one message, unless that was done before; those of a case in their order.

    What is refused for good is told to who has the case. Raises NotDelivered, Undeliverable, Later.
    """
    message = outbox.to_deliver(int(payload["message"]))
    if message is None:
        return
    if not outbox.may_go(message.case.customer, message.purpose, plans.in_force()):
        outbox.withheld(message, clock.now())
        return
    if work.is_tried_again() and (until := outbox.put_off(message, clock.now())):
        raise work.Later(until)  # the server was away until they slept
    if outbox.waits_for_another(message):
        raise NotDelivered("It goes out after what was said in its case before.")
    try:
        hand_over(compose(message))
    except Undeliverable as refused:
        note_return(message, lasting=refused.lasting, status=refused.status)
        raise
    outbox.delivered(message, clock.now())
    outbox.hurry_next(message)
    if is_back():
        work.hurry(outbox.DELIVER, failed_by=ServerAway.__name__)


def compose(message: Message) -> EmailMessage:
    """Return the mail for a message, as text and as HTML, with the private link, in the case's language.

    Raises Unwritable.
    """
    case = message.case
    plan = plans.version(case.plan_version_id)
    with letters.in_words_of(case, plan) as lang:
        company = one_line(plan.company(lang))
        heading = Heading(
            subject=subject_with(case.reference, _about(message)),
            company=company,
            name=address.name_of(case.customer),
            address=message.sent_to,
            at=message.written_at,
            message_id=message.message_id or "",
        )
        mail = dressed(heading, letter_of(message, company))
    mail["Reply-To"] = reply_address(case)
    mail["List-Id"] = f"<cases.{settings.MAIL_DOMAIN}>"
    if message.author_id is None:
        by_itself(mail)
    if message.purpose not in UNASKED:
        mail["List-Unsubscribe"] = f"<{stop_page(case.customer, message.purpose)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    follows(mail, _thread(message))
    pack(mail, message)
    attach_invitation(mail, message)
    mail["Content-Language"] = case.language  # after the content, which would take it away
    services.mark(mail, settings.MAIL_SERVICE)
    return mail


def _about(message: Message) -> str:
    """Return what a mail is about; a stranger's own words are not sent by themselves to an address that they typed."""
    case = message.case
    if message.author_id is not None or case.purchase_id is not None:
        return case.subject
    by_mail = case.messages.filter(direction=Message.Direction.INCOMING).exclude(message_id=None)
    by_mail = by_mail.exclude(message_id__startswith="<chat.")  # where anybody may type any address
    proved = case.customer.contacts.exclude(verified_at=None).exclude(verified_how__in=PROOFS)  # may be typed still
    return case.subject if by_mail.exists() or proved.exists() else _("Your request")


def _thread(message: Message) -> list[str]:
    """Return the Message-IDs of what was said before in the case, oldest first; what the customer sent included.

    At most THREAD: the first, by which mail programs know the thread, and the newest.
    """
    said = Message.objects.filter(case=message.case_id, id__lt=message.pk, message_id__isnull=False)
    ids = said.exclude(direction=Message.Direction.NOTE).order_by("id").values_list("message_id", flat=True)
    sent = [each for each in ids if each and not each.endswith("@received>")]
    return sent if len(sent) <= THREAD else [sent[0], *sent[1 - THREAD :]]
