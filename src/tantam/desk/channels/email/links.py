"""Sends a customer who lost it the private link of each of their newest cases, one mail however often it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tantam.desk import plans
from tantam.desk.cases import lost_links
from tantam.desk.cases.models import Case
from tantam.desk.channels.email.dress import dressed
from tantam.desk.channels.email.heading import Heading, by_itself, one_line
from tantam.desk.channels.email.letter import Letter
from tantam.desk.channels.email.line import hand_over
from tantam.desk.common import addresses, clock, spoken
from tantam.desk.common.work import handles
from tantam.desk.customers import address
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.models import Customer
from tantam.desk.visitors import proving
from tantam.desk.visitors.links import ALL


@handles(lost_links.SEND)
def send_links(payload: Mapping[str, Any]) -> None:
    """Write to whoever is reached by the contact; nobody else hears of it. Raises NotDelivered, Undeliverable."""
    for customer, cases in lost_links.cases_to_tell(payload["contact"]).items():
        hand_over(_letter(customer, cases, payload["key"]))


def _letter(customer: Customer, cases: Sequence[Case], key: str) -> EmailMessage:
    plan, lang, mail_to = plans.in_force(), cases[0].language, mail_of(customer)
    with translation.override(lang), timezone.override(ZoneInfo(plan.timezone)):
        company = one_line(plan.company(lang))
        context = {
            "pages": [
                (each.reference, spoken.day(each.opened_at, clock.now()), proving.mailed_link(each, mail_to))
                for each in cases[: lost_links.MOST_CASES]
            ],
            "all": addresses.whole(ALL),
            "newest": lost_links.MOST_CASES if len(cases) > lost_links.MOST_CASES else 0,
        }
        heading = Heading(
            subject=_("The links to your private pages"),
            company=company,
            name=address.name_of(customer),
            address=mail_to,
            at=clock.now(),
            message_id=f"<links.{key}.{customer.pk}@{settings.MAIL_DOMAIN}>",
        )
        letter = Letter(
            lang=lang,
            company=company,
            greeting=address.greeting(customer, lang),
            words=address.spoken_to(customer, render_to_string("email/links.txt", context), lang).strip(),
            signed=f"{address.closing(lang)}\n{company}",
            by_plan=True,
        )
        mail = dressed(heading, letter)
    mail["Content-Language"] = lang
    by_itself(mail)
    return mail
