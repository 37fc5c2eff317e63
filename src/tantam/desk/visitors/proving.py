"""Whose mail address is proved: by an answer to a mail that went there alone, or on the page of a link mailed there.

What is typed proves nothing, nor does the sender that a mail names: only what nobody else can have read. The address of
a page is known to whoever filed the case; so a link is marked for the one address to which it is mailed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.crypto import constant_time_compare, salted_hmac

from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case, Message
from tantam.desk.customers.actions import prove_contact
from tantam.desk.customers.contacts import normal_mail
from tantam.desk.customers.models import Contact

MARK = "to"  # the part of a mailed link that says where it was mailed
MARK_LENGTH = 20  # hexadecimal: 80 bits
_UNGUESSED = re.compile(r"<\d{1,20}\.[0-9a-f]{16}\.")  # ids of ours that only a mail's reader knows


def mailed_link(case: Case, mail: str) -> str:
    """Return the private link as a letter to this address carries it: marked while the address is not verified."""
    page = private_link(case)
    return f"{page}?{urlencode({MARK: _mark(case, mail)})}" if mail in _unproved(case) else page


def mailed_to(case: Case, mark: str) -> str:
    """Return the customer's address to which a link with this mark went; "" if none, or if it is verified."""
    given = mark[:MARK_LENGTH]
    return next((each for each in _unproved(case) if constant_time_compare(_mark(case, each), given)), "")


def confirm(case: Case, mark: str) -> str:
    """Return the address that somebody, on the page of a link mailed there, says is theirs; "" if it was proved before.

    What only opens a link, as programs do that look mail over, does not press the button that leads here.
    """
    mail = mailed_to(case, mark)
    return mail if mail and prove_contact(case.customer, mail, "opened") else ""


def note_answer(case: Case, sender: str, answers: Sequence[str]) -> None:
    """Take the sender's address as theirs if what they wrote answers a mail of ours that they alone can have read.

    case: that their words went to. answers: the Message-IDs that they answer.
    """
    mail = normal_mail(sender)
    if mail in _unproved(case) and _went_there_alone(case, mail, answers):
        prove_contact(case.customer, mail, "answered")


def _went_there_alone(case: Case, mail: str, answers: Sequence[str]) -> bool:
    """Whether one of these was mailed there, and nothing of its case anywhere else: later mails name the earlier."""
    ours = Message.objects.filter(direction=Message.Direction.OUTGOING, case__customer=case.customer_id)
    named = ours.filter(message_id__in=[each for each in answers if _UNGUESSED.match(each)], sent_to=mail)
    cases = set(named.values_list("case_id", flat=True))
    elsewhere = ours.filter(case__in=cases).exclude(sent_to__in=("", mail)).values_list("case_id", flat=True)
    return bool(cases - set(elsewhere))


def _unproved(case: Case) -> list[str]:
    theirs = case.customer.contacts.filter(kind=Contact.Kind.MAIL, verified_at=None, customer__internal=False)
    return list(theirs.values_list("value", flat=True))


def _mark(case: Case, mail: str) -> str:
    signed = salted_hmac("tantam.visitors.mailed", f"{case.link_key}:{mail}", algorithm="sha256")
    return str(signed.hexdigest()[:MARK_LENGTH])
