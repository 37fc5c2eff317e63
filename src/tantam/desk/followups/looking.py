"""Looks again and again for what happened that no event of a case tells: purchases, contracts, a long silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from tantam.desk import plans
from tantam.desk.common import clock, recurring
from tantam.desk.common.work import handles_long, hold
from tantam.desk.customers.models import Contract, Customer, Purchase
from tantam.desk.followups.models import FollowUp
from tantam.desk.followups.planning import Happening, plan_after
from tantam.desk.plans import RunningPlan, follow_ups

LOOK = "look_for_follow_ups"  # work without a payload
EVERY = timedelta(minutes=15)
LOOKS_BACK = timedelta(days=30)  # what happened before is not looked for: it was planned then, or is long past
SILENT_AFTER = timedelta(days=90)  # without a word and a purchase, from which the plan's time counts
SOON_OVER = timedelta(days=30)  # before its notice must be given, a contract is about to end
AT_ONCE = 500  # rows read together
ENDS = "contract_ends"


@handles_long(LOOK)
def look(payload: Mapping[str, Any]) -> None:
    """Plan what follows on all that happened since; what was planned is found there, so that twice is once."""
    try:
        plan = plans.in_force()
    except plans.NoPlan:
        return
    note_renewals()
    wanted = follow_ups.events(plan)
    for event in sorted(wanted & _SOURCES.keys()):
        for happened in _SOURCES[event](plan, event, clock.now()):
            plan_after(happened, plan)
            hold()


recurring.recurs(LOOK, EVERY)


def note_renewals() -> int:
    """Note of who was asked about the end of a contract that it went on since; return of how many."""
    asked = FollowUp.objects.filter(event=ENDS, result="", contract__renewals__gt=0, done_at__isnull=False)
    noted = 0
    for each in asked.exclude(state=FollowUp.State.WITHHELD).select_related("contract"):
        if each.contract is not None and each.contract.ends != _asked_about(each, each.contract):
            changes = {"result": FollowUp.Result.RENEWED, "result_at": clock.now()}
            noted += FollowUp.objects.filter(pk=each.pk, result="").update(**changes)
    return noted


def _asked_about(found: FollowUp, contract: Contract) -> date:
    """Return the last day of the contract that was about to end when it was asked."""
    day = date.fromisoformat(found.subject.rpartition(":")[2])
    return day + SOON_OVER + timedelta(days=contract.notice_days)


def _bought(plan: RunningPlan, event: str, now: datetime) -> Iterator[Happening]:
    """Yield the purchases that were ordered or handed over lately and have not all that the plan says of them."""
    field = "handed_over_at" if event == "handed_over" else "ordered_at"
    lately = Purchase.objects.filter(**{f"{field}__gt": now - LOOKS_BACK, f"{field}__lte": now})
    for each in _unplanned(lately.select_related("customer", "product"), "purchase", plan, event):
        yield Happening(
            event=event,
            customer=each.customer,
            subject=f"purchase:{each.pk}",
            at=getattr(each, field),
            purchase=each,
        )


def _contracts(plan: RunningPlan, event: str, now: datetime) -> Iterator[Happening]:
    """Yield the contracts whose day of this sort has come lately."""
    zone = ZoneInfo(plan.timezone)
    today = now.astimezone(zone).date()
    for contract in _in_portions(Contract.objects.select_related("customer")):
        day = _DAYS[event](contract, today)
        if day is not None and today - LOOKS_BACK < day <= today:
            at = datetime.combine(day, time.min, zone)
            subject = f"contract:{contract.pk}:{day.isoformat()}"
            yield Happening(event=event, customer=contract.customer, subject=subject, at=at, contract=contract)


def _silent(plan: RunningPlan, event: str, now: datetime) -> Iterator[Happening]:
    """Yield who bought something, and with whom there was neither word nor purchase for long."""
    theirs = Customer.objects.filter(internal=False).annotate(
        bought_last=Max("purchases__ordered_at"), heard_last=Max("cases__last_at")
    )
    quiet = theirs.filter(bought_last__lte=now - SILENT_AFTER).filter(
        Q(heard_last=None) | Q(heard_last__lte=now - SILENT_AFTER)
    )
    for each in _in_portions(quiet):
        last = max(at for at in (each.bought_last, each.heard_last) if at is not None)
        at = last + SILENT_AFTER
        if at > now - LOOKS_BACK:
            yield Happening(event=event, customer=each, subject=f"silence:{each.pk}:{at.date().isoformat()}", at=at)


def _unplanned(found: QuerySet[Any], field: str, plan: RunningPlan, event: str) -> Iterator[Any]:
    """Yield the rows for which one of the plan's rows for the event is not written down yet."""
    missing = Q()
    for row in follow_ups.rows_of(plan, event):
        missing |= ~Exists(FollowUp.objects.filter(**{field: OuterRef("pk")}, row=row))
    return _in_portions(found.filter(missing))


def _in_portions(found: QuerySet[Any]) -> Iterator[Any]:
    """Yield the rows in the order of their ids, some read together, so that a worker may put the rest down."""
    last = 0
    while portion := list(found.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from portion
        last = portion[-1].pk


def _anniversary(contract: Contract, today: date) -> date | None:
    """Return the day on which its latest year began, from the second year on; the 29th of February is the 28th."""
    if _is_over(contract, today):
        return None
    day = _of_year(contract.begins, today.year)
    day = day if day <= today else _of_year(contract.begins, today.year - 1)
    return day if day > contract.begins else contract.begins


def _of_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _about_to_end(contract: Contract, today: date) -> date | None:
    if contract.ends is None or contract.ended is not None:
        return None
    return contract.ends - timedelta(days=contract.notice_days) - SOON_OVER


def _over(contract: Contract, today: date) -> date | None:
    """Return from which day it is over: given up, or ended without going on by itself."""
    return contract.over_from


def _is_over(contract: Contract, today: date) -> bool:
    over = _over(contract, today)
    return over is not None and over <= today


_DAYS: Mapping[str, Callable[[Contract, date], date | None]] = {
    "contract_begins": lambda contract, today: contract.begins,
    "contract_year": _anniversary,
    ENDS: _about_to_end,
    "contract_over": _over,
}
_SOURCES: Mapping[str, Callable[[RunningPlan, str, datetime], Iterable[Happening]]] = {
    "handed_over": _bought,
    "ordered": _bought,
    "bought": _bought,
    "silent": _silent,
} | dict.fromkeys(_DAYS, _contracts)
