"""The ledger of what policies gave away: who is owed what, what was paid; every booking sums to zero, and is made once.

It books and reads; who may grant, pay and take back, the actions know.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Sum

from tantam.desk.cases.act import Act
from tantam.desk.claims.models import Entry, Grant
from tantam.desk.common.money import Money
from tantam.desk.common.rows import insert
from tantam.desk.plans import RunningPlan

Booking, Account = Entry.Booking, Entry.Account
SIDES = {  # the account that receives and the one that gives
    Booking.GRANTED: (Account.GIVEN, Account.OWED),
    Booking.PAID: (Account.OWED, Account.PAID),
    Booking.REVERSED: (Account.OWED, Account.GIVEN),
}


def book(act: Act, grant: Grant, booking: Entry.Booking) -> None:
    """Book a grant's money, both sides at once; nothing for a grant of no money.

    Raises IntegrityError for what is booked already: the actions look before, under the case's lock.
    """
    if not grant.amount_minor:
        return
    receives, gives = SIDES[booking]
    insert([_side(act, grant, booking, receives, 1), _side(act, grant, booking, gives, -1)])


def _side(act: Act, grant: Grant, booking: Entry.Booking, account: Entry.Account, sign: int) -> Entry:
    return Entry(
        grant=grant,
        booking=booking,
        account=account,
        policy=grant.claim.policy if grant.claim else "",
        customer_id=act.case.customer_id,
        minor=sign * grant.amount_minor,
        currency=grant.currency,
        person=act.person,
        at=act.now,
    )


def is_booked(grant: Grant, booking: Entry.Booking) -> bool:
    """Return whether this was booked for the grant."""
    return grant.entries.filter(booking=booking).exists()


def is_owed(grant: Grant) -> bool:
    """Return whether the grant's money is neither paid nor taken back."""
    return bool(grant.amount_minor) and not grant.entries.exclude(booking=Booking.GRANTED).exists()


def still_owed(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """Return those of the grants whose money is neither paid nor taken back, the oldest first."""
    ended = Entry.objects.filter(grant=OuterRef("pk")).exclude(booking=Booking.GRANTED)
    return grants.filter(~Exists(ended), amount_minor__gt=0).order_by("granted_at", "id")


def in_all(grants: QuerySet[Grant]) -> int:
    """Return the sum of the grants, in minor units; they are of one currency."""
    return int(grants.order_by().aggregate(sum=Sum("amount_minor"))["sum"] or 0)


def needs_another(grant: Grant, plan: RunningPlan) -> bool:
    """Return whether who granted it may not pay it as well: it is beyond what the plan's lowest level may grant."""
    levels = plan.levels()
    if not levels or grant.currency != plan.currency:
        return True
    return not plan.may_grant(levels[0], grant.kind, grant.amount_minor, grant.currency).allowed


def money_of(grant: Grant) -> Money:
    """Return the grant's amount."""
    return Money(grant.amount_minor, grant.currency)
