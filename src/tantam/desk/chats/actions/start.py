"""Begin a chat: somebody opened a window and agreed that what they write is kept. No case yet: nothing is said."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.chats.models import MOST_PAGE, Visitor
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import normal_mail
from tantam.desk.customers.newcomers import kept_name
from tantam.desk.plans import RunningPlan, chatting
from tantam.desk.plans.languages import language_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Who came, as they told it. language: of the plan's. mail: "" for none. page: where their window stands."""

    language: str
    name: str = ""
    mail: str = ""
    page: str = ""
    agreed: bool = False


def start(who: Arrived, plan: RunningPlan) -> Visitor:
    """Return the visitor. plan: in force. Raises Refused: chat_closed, chat_not_agreed, bad_mail."""
    now = clock.now()
    if not chatting.openness(plan, now).open:
        raise Refused("chat_closed")
    if not who.agreed:
        raise Refused("chat_not_agreed")
    mail = normal_mail(who.mail) if who.mail.strip() else ""
    if who.mail.strip() and not mail:
        raise Refused("bad_mail", got=who.mail.strip()[:60])
    return Visitor.objects.create(
        language=language_for(plan, who.language),
        name=kept_name(who.name),
        mail=mail,
        page=who.page[:MOST_PAGE],
        agreed_at=now,
        started_at=now,
        seen_at=now,
    )
