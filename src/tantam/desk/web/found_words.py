"""A case that was found, as the list shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from tantam.desk.cases.models import Case, Message
from tantam.desk.customers.contacts import masked
from tantam.desk.search.finding import CaseFound, Named
from tantam.desk.search.matching import Excerpt
from tantam.desk.web import case_words


@dataclass(frozen=True, slots=True)
class Shown:
    """who: said what stands in the excerpt, "" for the case's own words. where: status and owner in words.

    own: the excerpt is the subject.
    """

    case: Case
    customer: str
    excerpt: Excerpt
    who: str
    icon: str
    at: datetime
    where: str

    @property
    def own(self) -> bool:
        """Whether what was found stands in the subject."""
        return not self.who


def case_shown(found: CaseFound) -> Shown:
    """Return the case in the reader's language."""
    who, icon = _said_by(found)
    case = found.case
    return Shown(case, case.customer.shown, found.excerpt, who, icon, found.at, case_words.where(case))


def _said_by(found: CaseFound) -> tuple[str, str]:
    match found.direction:
        case Message.Direction.INCOMING:
            return found.case.customer.shown, "chat"
        case Message.Direction.OUTGOING:
            return gettext("We"), "send"
        case Message.Direction.NOTE:
            return gettext("Internal note"), "lock"
    return "", "doc"


def customer_shown(found: Named) -> Named:
    """Return the customer with how they are reached, enough to recognise it."""
    return replace(found, more=masked(found.more) if found.more else "")
