"""What each thing of a customer is covered for, until when, by the version in force when they bought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.desk.cases.facts import terms_of
from tantam.desk.claims.deciding import version_for
from tantam.desk.customers.facts import facts_of
from tantam.desk.customers.models import Customer, Delivery, Purchase, Unit
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.covering import Covered, covered, warranties

MOST_THINGS = 50


@dataclass(frozen=True, slots=True)
class Thing:
    """A unit, or what was bought where no serial is known. handed_over: None while it is on its way.

    over: whether all of its covers have ended. due: by when it is to arrive, None once it has or if nobody said;
    late: whether that time is over.
    """

    product: str
    number: str
    serial: str
    handed_over: datetime | None
    covers: tuple[Covered, ...]
    over: bool = False
    due: datetime | None = None
    late: bool = False


def things_of(
    customers: Iterable[Customer], plan: RunningPlan, now: datetime, *, lang: str, most: int = MOST_THINGS
) -> list[Thing]:
    """Return what these customers bought, the newest first, `most` at most; five queries.

    plan: in force, for what was bought before any plan was.
    """
    bought = Purchase.objects.filter(customer__in=list(customers)).select_related("product", "customer__organisation")
    bought = bought.prefetch_related("units", "deliveries", "customer__purchases")
    purchases = list(bought.order_by("-ordered_at", "-id")[:most])
    found = [_thing(each, unit, plan, lang) for each in purchases for unit in _units(each)]
    return [_as_of(each, now, plan) for each in found[:most]]


def _units(purchase: Purchase) -> list[Unit | None]:
    return list(purchase.units.all()) or [None]


def _thing(purchase: Purchase, unit: Unit | None, in_force: RunningPlan, lang: str) -> Thing:
    handed_over = (unit.handed_over_at if unit else None) or purchase.handed_over_at
    covers = _covers(purchase, handed_over, in_force, lang) if handed_over else ()
    still = (Delivery.State.OWED, Delivery.State.BROKEN)
    owed = [each.due_at for each in purchase.deliveries.all() if each.state in still and each.delivered_at is None]
    name, due = purchase.product.name(lang), None if handed_over else min(owed, default=None)
    return Thing(name, purchase.number, unit.serial if unit else "", handed_over, covers, due=due)


def _covers(purchase: Purchase, handed_over: datetime, in_force: RunningPlan, lang: str) -> tuple[Covered, ...]:
    found: list[Covered] = []
    for policy in warranties(in_force):
        plan = version_for(policy, purchase, in_force)
        buyer = purchase.customer
        known = terms_of(plan, facts_of(buyer, purchase, handed_over), handed_over)
        found += covered(plan, policy, known, handed_over=handed_over, lang=lang)
    return tuple(found)


def _as_of(thing: Thing, now: datetime, plan: RunningPlan) -> Thing:
    today = now.astimezone(ZoneInfo(plan.timezone)).date()
    over = bool(thing.covers) and all(each.until < today for each in thing.covers)
    return replace(thing, over=over, late=thing.due is not None and thing.due < now)
