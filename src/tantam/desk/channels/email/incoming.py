"""Takes mail in: stored raw and committed first, then read into a new case or one that it answers.

What cannot become a message stays in the tray under its problem; nothing is lost, nothing is taken in twice.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases.actions import open_case, receive
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case, Message
from tantam.desk.cases.said import first_of
from tantam.desk.channels.email import approvals, parcels
from tantam.desk.channels.email.models import Problem, ReceivedMail
from tantam.desk.channels.email.reading import ReadMail, read
from tantam.desk.channels.email.tongue import tongue_of
from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import due, handles
from tantam.desk.customers.actions import welcome
from tantam.desk.customers.models import Contact
from tantam.desk.plans import ways

READ = "read_mail"  # work whose payload is {"mail": id}, for a mail that was stored but not read
OPENED = rate.Rate("mail_opened", 20)  # of one sender; each is answered with a letter
READ_AGAIN = timedelta(minutes=1)
_REFERENCE = re.compile(r"\[\w{0,12}#([A-Z2-9]{4}-[A-Z2-9]{3})\]", re.IGNORECASE)
_log = logging.getLogger(__name__)


def store(raw: bytes) -> ReceivedMail:
    """Return the stored mail; the same bytes again are the same mail. Committed when this returns."""
    digest = hashlib.sha256(raw).hexdigest()
    now = clock.now()
    with transaction.atomic():
        new = ReceivedMail(digest=digest, raw=raw, received_at=now)
        ReceivedMail.objects.bulk_create([new], ignore_conflicts=True)
        kept = ReceivedMail.objects.get(digest=digest)
        due(READ, f"{READ}:{kept.pk}", {"mail": kept.pk}, now + READ_AGAIN)
    return kept


def take_in(pk: int) -> ReceivedMail:
    """Read a stored mail into its case, unless that was done before.

    A failure of the desk itself (no plan in force, no database) raises and leaves the mail to be read again.
    """
    with transaction.atomic():
        kept = ReceivedMail.objects.select_for_update().get(pk=pk)
        if kept.read_at is not None:
            return kept
        mail = _reading(kept)
        kept.message_id = mail.message_id[:255] if mail else ""
        kept.problem = _problem(kept, mail) if mail else Problem.UNREADABLE
        if mail and not kept.problem:
            kept.case, kept.problem = _brought(mail, kept)
        kept.read_at = clock.now()
        kept.save(update_fields=["message_id", "problem", "case", "read_at"])
    return kept


@handles(READ)
def read_stored(payload: Mapping[str, Any]) -> None:
    """Read a mail that was stored, for the worker."""
    take_in(int(payload["mail"]))


def _reading(kept: ReceivedMail) -> ReadMail | None:
    try:
        return read(bytes(kept.raw))
    except Exception:  # whatever somebody sent, it must stay visible in the tray
        _log.exception("Mail %s could not be read; it stays in the tray.", kept.pk)
        return None


def _problem(kept: ReceivedMail, mail: ReadMail) -> Problem:
    if mail.automatic or mail.sender == settings.MAIL_FROM.lower():
        return Problem.AUTOMATIC
    if not mail.sender:
        return Problem.NO_SENDER
    if not (mail.subject or mail.body):
        return Problem.EMPTY
    return Problem.DUPLICATE if _came_before(kept, mail) else Problem.NONE


def _came_before(kept: ReceivedMail, mail: ReadMail) -> bool:
    if not mail.message_id:
        return False
    earlier = ReceivedMail.objects.filter(message_id=mail.message_id[:255], read_at__isnull=False)
    if any(read(bytes(each.raw)).sender == mail.sender for each in earlier.exclude(pk=kept.pk)[:5]):
        return True
    return Message.objects.filter(message_id=mail.message_id, direction=Message.Direction.OUTGOING).exists()


def _brought(mail: ReadMail, kept: ReceivedMail) -> tuple[Case | None, Problem]:
    """Return the case that the mail opened or continued, or why it did not."""
    body, brought = mail.words or mail.body or mail.subject, parcels.unpack(mail)
    try:
        with transaction.atomic():
            if case := approvals.answered(mail):
                return case, Problem.NONE
        if case := _answered(mail):
            with transaction.atomic():
                way = ways.way_in(plans.in_force(), ways.MAIL)
                parcels.keep(receive(case, body, channel=way, message_id=_name(mail, kept)), mail, brought)
                return case, Problem.NONE
        rate.count(OPENED, mail.sender)  # counted even where what follows is undone
        with transaction.atomic():
            case = _opened(mail, body, kept)
            if first := first_of(case):
                parcels.keep(first, mail, brought)
            return case, Problem.NONE
    except plans.NoPlan:
        raise  # read again once a plan is in force
    except Refused as refused:
        _log.warning("Mail %s was refused: %s", kept.pk, refused.code)
        return None, Problem.TOO_OFTEN if refused.code == "too_often" else Problem.REFUSED


def _opened(mail: ReadMail, body: str, kept: ReceivedMail) -> Case:
    plan = plans.in_force()
    language = tongue_of(f"{mail.subject}\n{body}", mail.language, plan.languages)
    customer = welcome(name=mail.name or mail.sender, mail=mail.sender, language=language, plan=plan)
    return open_case(
        Concern(
            customer=customer,
            subject=_without_tags(mail.subject),
            body=body,
            channel=ways.way_in(plan, ways.MAIL),
            language=customer.language if customer.language in plan.languages else language,
            message_id=_name(mail, kept),
            plan=plan,
        )
    )


def _answered(mail: ReadMail) -> Case | None:
    """Return the case that the mail answers: named by Message-ID or reference, and written by its customer."""
    named = {each.message_id: each.case for each in _messages(mail.answers)}
    cases = [named[each] for each in mail.answers if each in named]
    if found := _REFERENCE.search(mail.subject):
        cases += Case.objects.filter(reference=found[1].upper())
    return next((each for each in cases if _wrote(each, mail.sender)), None)


def _messages(ids: tuple[str, ...]) -> list[Message]:
    return list(Message.objects.filter(message_id__in=ids).select_related("case"))


def _wrote(case: Case, sender: str) -> bool:
    return Contact.objects.filter(customer=case.customer_id, kind=Contact.Kind.MAIL, value=sender).exists()


def _name(mail: ReadMail, kept: ReceivedMail) -> str:
    """Return the mail's Message-ID unless another message has it already, else a name from its bytes."""
    name = mail.message_id[:255]
    if name and not Message.objects.filter(message_id=name).exists():
        return name
    return f"<{kept.digest}@received>"


def _without_tags(subject: str) -> str:
    return _REFERENCE.sub("", subject).strip()
