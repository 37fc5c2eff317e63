"""Who calls from a number, what it is about, and when it is a time that they named."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.desk.cases.models import Case
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.vows import when

MOST = 5  # customers of one number that are shown


def customers_of(number: str) -> list[Customer]:
    """Return who has this telephone number, the first that we knew first, at most MOST; [] for one withheld."""
    if not number:
        return []
    reached = Customer.objects.filter(contacts__kind=Contact.Kind.PHONE, contacts__value=number)
    return list(reached.order_by("pk").distinct()[:MOST])


def about(customers: list[Customer]) -> Case | None:
    """Return the case that a call is about: the only one under way of the only customer with that number, else None.

    Where several could be meant, nobody can know: it is asked.
    """
    if len(customers) != 1:
        return None
    own = Case.objects.filter(customer=customers[0], status__in=Case.UNDER_WAY, department="")
    under_way = list(own.order_by("-id")[:2])
    return under_way[0] if len(under_way) == 1 else None


def at_wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return when the clocks in `zone` show what `moment` shows. moment: aware; its own zone is left out.

    An hour that their clocks leave out is the one after it; of one that comes twice the first is meant.
    """
    shown = moment.replace(tzinfo=zone, fold=0)
    there = shown.astimezone(ZoneInfo("UTC"))
    return there.astimezone(moment.tzinfo) if moment.tzinfo else there


def moment_there(words: str, lang: str, now: datetime, *, plan: RunningPlan, zone: ZoneInfo) -> datetime | None:
    """Return the time that somebody wrote (`tomorrow at ten`), as the clocks in `zone` show it; None if it is none."""
    own = ZoneInfo(plan.timezone)
    shown = now.astimezone(zone).replace(tzinfo=own)
    read = when(words, lang, shown, plan)
    return at_wall_clock(read.astimezone(own), zone) if read else None
