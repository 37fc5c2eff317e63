"""Answers a mail that is larger than the desk takes, for the ways that could not refuse it at once.

At most one such answer an hour goes to one sender, and none to a machine: whoever answers it is answered no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from tantam.desk import plans
from tantam.desk.arrivals.models import Arrival
from tantam.desk.arrivals.tongue import tongue_of
from tantam.desk.channels.email.dress import dressed
from tantam.desk.channels.email.heading import Heading, by_itself, follows, one_line
from tantam.desk.channels.email.letter import Letter
from tantam.desk.channels.email.line import hand_over
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.channels.email.reply_address import is_ours
from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import due, handles
from tantam.desk.customers import address

ANSWER = "answer_too_large"  # work whose payload is {"arrival", "to", "name", "subject", "answers", "language"}
TOLD = rate.Rate("too_large_told", 1)


def answer(mail: ReadMail, kept: Arrival) -> None:
    """Ask for an answer in the sender's language, in the caller's transaction; nothing for a machine. Raises NoPlan."""
    if mail.automatic or not mail.sender or is_ours(mail.sender):
        return
    languages = plans.in_force().languages
    try:
        rate.count(TOLD, mail.sender)
    except Refused:
        return
    said = {
        "arrival": kept.pk,
        "to": mail.sender,
        "name": mail.name,
        "subject": mail.subject,
        "answers": mail.message_id,
        "language": tongue_of(mail.subject, mail.language, languages),
    }
    due(ANSWER, f"{ANSWER}:{kept.pk}", said, clock.now())


@handles(ANSWER)
def tell(payload: Mapping[str, Any]) -> None:
    """Write to the sender of a mail that was too large. Raises NotDelivered, Undeliverable."""
    hand_over(_letter(payload))


def _letter(payload: Mapping[str, Any]) -> EmailMessage:
    plan, lang = plans.in_force(), payload["language"]
    with translation.override(lang):
        company = one_line(plan.company(lang))
        heading = Heading(
            subject=_("Your mail was too large: %(subject)s") % {"subject": payload["subject"]},
            company=company,
            name=payload["name"],
            address=payload["to"],
            at=clock.now(),
            message_id=f"<too-large.{payload['arrival']}@{settings.MAIL_DOMAIN}>",
        )
        words = render_to_string("email/too_large.txt").strip()
        letter = Letter(
            lang=lang, company=company, words=words, signed=f"{address.closing(lang)}\n{company}", by_plan=True
        )
        mail = dressed(heading, letter)
    mail["Content-Language"] = lang
    follows(mail, [payload["answers"]])
    by_itself(mail)
    return mail
