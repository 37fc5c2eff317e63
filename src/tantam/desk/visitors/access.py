"""What somebody who signed in by a mailed link sees: the cases of those who have that verified address.

Of an organisation that lets them, those of its other people too; of nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet

from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.customers.models import Contact, Customer, Membership
from tantam.desk.visitors.models import Stay

MOST_CASES = 100  # on a page
MOST_CUSTOMERS = 20  # with one address
MOST_PEOPLE = 500  # of the organisations whose cases somebody sees


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who signed in. customers: those with that verified address."""

    stay: Stay
    customers: tuple[Customer, ...]


def digest_of(key: str) -> str:
    """Return what is kept of a key."""
    return sha256(key.encode()).hexdigest()


def verified(mail: str) -> QuerySet[Contact]:
    """Return the contacts of customers, not of colleagues, that have this mail address and are verified, oldest first.

    mail: as it is kept.
    """
    known = Contact.objects.filter(kind=Contact.Kind.MAIL, value=mail, customer__internal=False)
    return known.exclude(verified_at=None).order_by("pk")


def visitor_of(key: str) -> Visitor | None:
    """Return who has this key, None once their stay is over or their address is not what it was."""
    stay = Stay.objects.filter(digest=digest_of(key), until__gt=clock.now()).first() if key else None
    if stay is None:
        return None
    contacts = list(verified(stay.mail).select_related("customer")[:MOST_CUSTOMERS])
    if stay.contact_id not in {each.pk for each in contacts}:
        return None
    return Visitor(stay, tuple(each.customer for each in contacts))


def cases_of(visitor: Visitor, before: int | None = None) -> Sequence[Case]:
    """Return the newest cases, or those before one, with their promises; one more than MOST_CASES if there are more.

    One that was joined to another of theirs is shown by that one, which brings it along. Six queries at most.
    """
    seen = _seen_by(visitor)
    theirs = Case.objects.filter(customer__in=seen).exclude(status=Case.Status.MERGED, merged_into__customer__in=seen)
    theirs = theirs.filter(pk__lt=before) if before else theirs
    return list(
        theirs.select_related("customer")
        .prefetch_related("promises", "merged_cases__promises")
        .order_by("-id")[: MOST_CASES + 1]
    )


def _seen_by(visitor: Visitor) -> list[int]:
    """Return the ids of those whose cases they see: their own, and of all who belong where they were let see them."""
    own = [each.pk for each in visitor.customers]
    let = Membership.objects.filter(person__in=own, left=None, sees_cases=True)
    where = list(let.values_list("organisation", flat=True)[:MOST_CUSTOMERS])
    if not where:
        return own
    people = Membership.objects.filter(organisation__in=where, left=None).values_list("person", flat=True)
    return [*own, *where, *people[:MOST_PEOPLE]]
