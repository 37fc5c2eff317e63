"""What goes when a customer is erased and what stays, counted, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tantam.desk.cases.models import CaseEvent, Promise
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.customers.models import Consent, Contact, Membership, PostalAddress, Purchase
from tantam.desk.privacy.emptying import counts


def goes(everyone: Sequence[int], cases: Sequence[int]) -> list[tuple[str, int]]:
    """Return what goes for good, and how many of each."""
    found = counts(cases)
    reached = Contact.objects.filter(customer__in=everyone).count()
    places = PostalAddress.objects.filter(customer__in=everyone).count()
    ours = sum(found.get(name, 0) for name in ("Draft", "Proposal", "Pin", "Notice"))
    return [
        (_("Ways to reach them"), reached),
        (_("Postal addresses"), places),
        (_("Words about consent"), Consent.objects.filter(customer__in=everyone).count()),
        (_("Belonging to organisations"), Membership.objects.filter(person__in=everyone).count()),
        (_("What was said and noted in their cases"), found.get("Message", 0)),
        (_("Files that they sent or got"), found.get("Attachment", 0)),
        (_("What came in, as it came"), found.get("Arrival", 0)),
        (_("Numbers of calls"), found.get("Call", 0) + found.get("Callback", 0)),
        (_("Words beside ratings and decisions"), found.get("Rating", 0) + found.get("Stance", 0)),
        (_("Drafts, pins and notices about them"), ours),
    ]


def stays(everyone: Sequence[int], cases: Sequence[int]) -> list[tuple[str, int, str]]:
    """Return what stays, how many of each, and why; nothing of it says who they were."""
    counted = _("It is counted, and says what happened, not to whom.")
    money = _("Money that was paid must be accounted for by law.")
    return [
        (_("Purchases, without a name"), Purchase.objects.filter(customer__in=everyone).count(), money),
        (_("Grants and refunds, without words"), Grant.objects.filter(case__in=cases).count(), money),
        (_("Decisions, with what they rested on"), Claim.objects.filter(case__in=cases).count(), money),
        (_("Cases, without words"), len(cases), counted),
        (_("Promises, kept and broken"), Promise.objects.filter(case__in=cases).count(), counted),
        (_("Events, without words"), CaseEvent.objects.filter(case__in=cases).count(), counted),
    ]
