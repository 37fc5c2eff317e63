"""Mails what the plan has asked of a customer of our own accord: with its page, and the way to get no more of it."""

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
from tantam.desk.channels.email.letter import STOP, Letter
from tantam.desk.channels.email.line import Undeliverable, hand_over
from tantam.desk.common import addresses, clock
from tantam.desk.common.work import Later, handles
from tantam.desk.customers import address
from tantam.desk.customers.reaching import came_back
from tantam.desk.customers.stopping import stop_page
from tantam.desk.followups import asking
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import RunningPlan


@handles(asking.SEND)
def send_follow_up(payload: Mapping[str, Any]) -> None:
    """Write the letter, unless it went out or may not go any more. Raises NotDelivered, Undeliverable, Later."""
    plan = plans.in_force()
    found = asking.to_send(int(payload["follow_up"]), plan)
    if found is None:
        return
    if (until := asking.put_off(found, plan)) is not None:
        raise Later(until)
    try:
        hand_over(_letter(found, plan))
    except Undeliverable as refused:
        if refused.lasting:
            came_back(found.customer, found.mail, refused.status, clock.now())
        raise
    asking.sent(found)


def _letter(found: FollowUp, plan: RunningPlan) -> EmailMessage:
    customer, lang = found.customer, asking.language_of(found, plan)
    stop = stop_page(customer, asking.purpose_of(found.event))
    with translation.override(lang), timezone.override(ZoneInfo(plan.timezone)):
        company = one_line(plan.company(lang))
        heading = Heading(
            subject=asking.subject(found, plan, lang),
            company=company,
            name=address.name_of(customer),
            address=found.mail,
            at=found.done_at or clock.now(),
            message_id=f"<follow-up.{found.pk}@{settings.MAIL_DOMAIN}>",
        )
        words = render_to_string("email/follow_up.txt", {"asks": asking.words(found, plan, lang)})
        letter = Letter(
            lang=lang,
            company=company,
            greeting=address.greeting(customer, lang),
            words=address.spoken_to(customer, words, lang).strip(),
            signed=f"{address.closing(lang)}\n{company}",
            where=address.spoken_to(customer, _("With one click you tell us:"), lang),
            button=_("Answer"),
            page=addresses.whole(asking.PAGE, found.link_key),
            by_plan=True,
            stop=stop,
            stop_words=address.spoken_to(customer, _(STOP), lang),
        )
        mail = dressed(heading, letter)
    mail["List-Unsubscribe"] = f"<{stop}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Content-Language"] = lang
    by_itself(mail)
    return mail
