"""Short letters to who wrote a mail that became no message: they belong to no case, and answer that mail alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from tantam.desk import plans
from tantam.desk.arrivals.models import Arrival
from tantam.desk.channels.email.dress import dressed
from tantam.desk.channels.email.heading import Heading, by_itself, follows, one_line
from tantam.desk.channels.email.letter import Letter
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.common import clock
from tantam.desk.customers import address


@dataclass(frozen=True, slots=True)
class Aside:
    """name: in its Message-ID. subject: with a place for that of the mail. template: of its words."""

    name: str
    subject: str | Promise
    template: str


def told_of(mail: ReadMail, kept: Arrival, language: str) -> dict[str, Any]:
    """Return what the letter needs to know of a mail, for due work."""
    return {
        "arrival": kept.pk,
        "to": mail.sender,
        "name": mail.name,
        "subject": mail.subject,
        "answers": mail.message_id,
        "language": language,
    }


def aside(told: Mapping[str, Any], kind: Aside) -> EmailMessage:
    """Return the letter. told: as `told_of` gave it. Raises NoPlan."""
    plan, lang = plans.in_force(), told["language"]
    with translation.override(lang):
        company = one_line(plan.company(lang))
        heading = Heading(
            subject=str(kind.subject) % {"subject": told["subject"]},
            company=company,
            name=told["name"],
            address=told["to"],
            at=clock.now(),
            message_id=f"<{kind.name}.{told['arrival']}@{settings.MAIL_DOMAIN}>",
        )
        words = render_to_string(kind.template).strip()
        letter = Letter(
            lang=lang, company=company, words=words, signed=f"{address.closing(lang)}\n{company}", by_plan=True
        )
        mail = dressed(heading, letter)
    mail["Content-Language"] = lang
    follows(mail, [told["answers"]])
    by_itself(mail)
    return mail
