"""What goes when a customer is erased and what stays, counted, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tantam.desk.cases.models import CaseEvent, Promise
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.customers.models import Purchase
from tantam.desk.privacy import emptying, leaving
from tantam.desk.privacy.doing import cases_left
from tantam.desk.privacy.models import Erasure
from tantam.desk.privacy.taking import Whom, added


@dataclass(frozen=True, slots=True)
class Erasing:
    """How far an erasure is. left: of their cases, those that still hold words. done_at: None while it goes on."""

    asked_at: datetime
    done_at: datetime | None
    left: int


def erasing(customer: int) -> Erasing | None:
    """Return how far it is, None where nobody asked for it."""
    found = Erasure.objects.filter(customer=customer).first()
    return found and Erasing(found.asked_at, found.done_at, 0 if found.done_at else cases_left(found).count())


def goes(whom: Whom) -> list[tuple[str, int]]:
    """Return what goes for good, and how many of each; what there is nothing of is left out."""
    found = added(emptying.counts(whom), leaving.counts(whom))
    kinds = [
        (_("Ways to reach them"), ("Contact", "Line")),
        (_("Postal addresses"), ("PostalAddress",)),
        (_("Words about consent"), ("Consent",)),
        (_("Belonging to organisations"), ("Membership",)),
        (_("What was said and noted in their cases"), ("Message",)),
        (_("Files that they sent or got"), ("Attachment",)),
        (_("What came in, as it came"), ("Arrival", "CaughtMail")),
        (_("Numbers of calls"), ("Call", "Callback")),
        (_("Words beside ratings and decisions"), ("Rating", "Stance", "Approval")),
        (_("Drafts, pins and notices about them"), ("Draft", "Proposal", "Pin", "Notice")),
        (_("Files that were taken in and tell of them, with all others in these"), ("Import",)),
        (_("Answers that programs got about them"), ("KeptAnswer", "Answer")),
        (_("Words that are counted against spam"), ("Mark",)),
    ]
    numbered = [(label, sum(found.get(name, 0) for name in names)) for label, names in kinds]
    return [each for each in numbered if each[1]]


def stays(whom: Whom) -> list[tuple[str, int, str]]:
    """Return what stays, how many of each, and why; nothing of it says who they were."""
    counted = _("It is counted, and says what happened, not to whom.")
    money = _("Money that was paid must be accounted for by law.")
    found = [
        (_("Purchases, without a name"), Purchase.objects.filter(customer__in=whom.customers).count(), money),
        (_("Grants and refunds, without words"), Grant.objects.filter(case__in=whom.cases).count(), money),
        (_("Decisions, with what they rested on"), Claim.objects.filter(case__in=whom.cases).count(), money),
        (_("Cases, without words"), whom.cases.count(), counted),
        (_("Promises, kept and broken"), Promise.objects.filter(case__in=whom.cases).count(), counted),
        (_("Events, without words"), CaseEvent.objects.filter(case__in=whom.cases).count(), counted),
    ]
    return [each for each in found if each[1]]
