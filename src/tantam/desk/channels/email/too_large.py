"""Answers a mail that is larger than the desk takes, for the ways that could not refuse it at once.

At most one such answer an hour goes to one sender, and none to a machine: whoever answers it is answered no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tantam.desk import plans
from tantam.desk.arrivals.models import Arrival
from tantam.desk.arrivals.tongue import tongue_of
from tantam.desk.channels.email.asides import Aside, aside, told_of
from tantam.desk.channels.email.line import hand_over
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.channels.email.reply_address import is_ours
from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import due, handles

ANSWER = "answer_too_large"  # work whose payload is {"arrival", "to", "name", "subject", "answers", "language"}
TOLD = rate.Rate("too_large_told", 1)
LETTER = Aside("too-large", _("Your mail was too large: %(subject)s"), "email/too_large.txt")


def answer(mail: ReadMail, kept: Arrival) -> None:
    """Ask for an answer in the sender's language, in the caller's transaction; nothing for a machine. Raises NoPlan."""
    if mail.automatic or not mail.sender or is_ours(mail.sender):
        return
    languages = plans.in_force().languages
    try:
        rate.count(TOLD, mail.sender)
    except Refused:
        return
    said = told_of(mail, kept, tongue_of(mail.subject, mail.language, languages))
    due(ANSWER, f"{ANSWER}:{kept.pk}", said, clock.now())


@handles(ANSWER)
def tell(payload: Mapping[str, Any]) -> None:
    """Write to the sender of a mail that was too large. Raises NotDelivered, Undeliverable."""
    hand_over(aside(payload, LETTER))
