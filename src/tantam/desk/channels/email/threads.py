"""Which cases a mail answers, the most trusted first: by what it refers to, by where it was sent, by its subject.

Only a case of the sender's own is continued; that is looked at by who brings the mail in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import Message as Head
from email.parser import BytesHeaderParser

from django.conf import settings

from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email.headers import addresses, shortened, written
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.channels.email.reply_address import cases_at
from tantam.desk.channels.email.subjects import reference_in

MOST_RECIPIENTS = 200
LONGEST_HEAD = 500_000  # bytes
_SENT_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")


def answered(mail: ReadMail, kept: Arrival) -> list[Case]:
    """Return the cases that the mail says it answers, each once."""
    found = [
        *_by_message(mail.answers),
        *_by_form(mail.answers),
        *cases_at([kept.account, *recipients(bytes(kept.raw))]),
        *_named(reference_in(mail.subject)),
    ]
    return list({each.pk: each for each in found}.values())


def recipients(raw: bytes) -> list[str]:
    """Return the addresses to which a mail says it was sent, in lower case."""
    head = head_of(raw)
    lines = [line for name in _SENT_TO for line in written(head, name)]
    return [address.lower() for line in lines for _, address in addresses(line)][:MOST_RECIPIENTS]


def head_of(raw: bytes) -> Head:
    """Return the head of a mail alone, quick however large the rest is."""
    end = _HEAD_ENDS.search(raw, 0, LONGEST_HEAD)
    return BytesHeaderParser().parsebytes(shortened(raw[: end.start() if end else LONGEST_HEAD]))


def _by_message(ids: Iterable[str]) -> list[Case]:
    """Return the cases of the messages with these ids, ours or the customer's own, in the ids' order."""
    known = {each.message_id: each.case for each in Message.objects.filter(message_id__in=ids).select_related("case")}
    return [known[each] for each in ids if each in known]


def _by_form(ids: Iterable[str]) -> list[Case]:
    """Return the cases that ids of our form name, also where the message itself is not known."""
    ours = re.compile(
        rf"<?\d{{1,20}}\.(?:[0-9a-f]{{16}}\.)?([A-Z2-9]{{4}}-[A-Z2-9]{{3}})@{re.escape(settings.MAIL_DOMAIN)}>?", re.I
    )
    return _named(*(found[1].upper() for each in ids if (found := ours.fullmatch(each))))


def _named(*references: str) -> list[Case]:
    wanted = [each for each in references if each]
    return list(Case.objects.filter(reference__in=wanted)) if wanted else []
