"""Mails the link by which a customer signs in, to a verified address alone; to one that is not, the private links."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tantam.desk import plans
from tantam.desk.channels.email.dress import dressed
from tantam.desk.channels.email.heading import Heading, by_itself, one_line
from tantam.desk.channels.email.letter import Letter
from tantam.desk.channels.email.line import hand_over
from tantam.desk.channels.email.links import send_links
from tantam.desk.common import clock
from tantam.desk.common.work import handles
from tantam.desk.customers import address
from tantam.desk.visitors import links
from tantam.desk.visitors.models import EntryLink


@handles(links.SEND)
def send_entry(payload: Mapping[str, Any]) -> None:
    """Write to the address, if a customer has it; the same letter however often. Raises NotDelivered, Undeliverable."""
    made = links.link_for(str(payload["mail"]), str(payload["key"]))
    if made is None:
        send_links({"contact": payload["mail"], "key": payload["key"]})
        return
    link, page = made
    hand_over(_letter(link, page, str(payload.get("language", ""))))


def _letter(link: EntryLink, page: str, language: str) -> EmailMessage:
    plan, customer = plans.in_force(), link.contact.customer
    lang = language if language in plan.languages else customer.language
    with translation.override(lang), timezone.override(ZoneInfo(plan.timezone)):
        company = one_line(plan.company(lang))
        heading = Heading(
            subject=_("Your link to all your requests"),
            company=company,
            name=address.name_of(customer),
            address=link.mail,
            at=clock.now(),
            message_id=f"<entry.{link.name}@{settings.MAIL_DOMAIN}>",
        )
        letter = Letter(
            lang=lang,
            company=company,
            greeting=address.greeting(customer, lang),
            words=address.spoken_to(customer, render_to_string("email/entry.txt", {"page": page}), lang).strip(),
            signed=f"{address.closing(lang)}\n{company}",
            by_plan=True,
        )
        mail = dressed(heading, letter)
    mail["Content-Language"] = lang
    by_itself(mail)
    return mail
