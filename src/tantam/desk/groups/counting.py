"""Asks the plan where customers belong and keeps what changed: from when, until when, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from tantam.desk.cases.contacts import habits_of
from tantam.desk.customers.facts import facts_of
from tantam.desk.customers.models import Customer
from tantam.desk.customers.told import kept_of
from tantam.desk.groups.models import MOST_CELL, Belonging
from tantam.desk.plans import BadFact, RunningPlan, UnknownName, belonging, sales
from tantam.desk.plans.running import Facts

Kind = Belonging.Kind
Place = tuple[str, str]  # kind and name
Wanted = dict[Place, tuple[str, list[list[str]]]]  # cell and because


def known_of(customers: Sequence[Customer], plan: RunningPlan, now: datetime) -> dict[int, Facts]:
    """Return {customer: {term: Fact}} of each, on record or told; the one answer, for one customer and for many.

    Their purchases are read with one query unless they are prefetched; two more where the plan's terms need them.
    """
    prefetch_related_objects(customers, "purchases")
    keys = [each.pk for each in customers]
    habits, told = habits_of(keys, plan, now), kept_of(keys, plan, now)
    return {
        each.pk: told[each.pk] | plan.terms_of(facts_of(each, None, now) | habits[each.pk], {}, now)
        for each in customers
    }


def found_of(customer: Customer, known: Facts, plan: RunningPlan, now: datetime) -> belonging.Belonging:
    """Return the customer's groups and traits; none where the plan cannot read what is known."""
    try:
        return belonging.belonging(plan, known, now)
    except (BadFact, UnknownName):
        return belonging.Belonging({}, {})


def counts(customer: Customer, plan: RunningPlan) -> bool:
    """Whether somebody is counted: who is served, once; our own people only where they are the customers."""
    own = customer.internal and plan.sells
    return not own and customer.merged_into_id is None and customer.kind != Customer.Kind.DEPARTMENT


def recount(keys: Collection[int], plan: RunningPlan, now: datetime) -> int:
    """Write down where these customers belong now; return how many rows changed. Twice changes nothing.

    Whoever counts the same customers at the same time waits. Seven queries at most, however many they are.
    """
    with transaction.atomic():
        found = Customer.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
        customers = list(found.filter(pk__in=keys).order_by("pk"))
        known = known_of(customers, plan, now)
        held: dict[int, dict[Place, Belonging]] = {each.pk: {} for each in customers}
        for row in Belonging.objects.filter(customer__in=customers, until=None):
            held[row.customer_id][row.kind, row.name] = row
        changes = _Changes(plan, now)
        for each in customers:
            wanted = _wanted(each, known[each.pk], plan, now) if counts(each, plan) else {}
            changes.note(each.pk, held[each.pk], wanted)
        return changes.write()


def _wanted(customer: Customer, known: Facts, plan: RunningPlan, now: datetime) -> Wanted:
    found = found_of(customer, known, plan, now)
    wanted: Wanted = {(Kind.GROUP, name): ("", belonging.stored(why)) for name, why in found.groups.items()}
    wanted |= {(Kind.TRAIT, name): (cell[:MOST_CELL], []) for name, cell in found.traits.items()}
    if plan.sells:
        wanted[Kind.STAGE, ""] = (_stage(customer, plan, now), [])
    return wanted


def _stage(customer: Customer, plan: RunningPlan, now: datetime) -> str:
    last = max((each.ordered_at for each in customer.purchases.all()), default=None)
    return sales.buying(plan, last, now)


class _Changes:
    """What is to be written of several customers, at once."""

    def __init__(self, plan: RunningPlan, now: datetime) -> None:
        self.plan, self.now = plan, now
        self.over: list[int] = []
        self.new: list[Belonging] = []
        self.explained: list[Belonging] = []

    def note(self, customer: int, held: Mapping[Place, Belonging], wanted: Wanted) -> None:
        """Note what differs: what ended, what began, and what holds for another reason."""
        for place, row in held.items():
            cell, because = wanted.pop(place, (None, []))
            if cell != row.cell:
                self.over.append(row.pk)
                if cell is not None:
                    wanted[place] = (cell, because)
            elif because != row.because:
                row.because, row.plan_version = because, self.plan.enacted
                self.explained.append(row)
        for (kind, name), (cell, because) in wanted.items():
            self.new.append(
                Belonging(
                    customer_id=customer,
                    kind=kind,
                    name=name,
                    cell=cell,
                    because=because,
                    plan_version=self.plan.enacted,
                    since=self.now,
                )
            )

    def write(self) -> int:
        """Write it; return how many rows."""
        if self.over:
            Belonging.objects.filter(pk__in=self.over).update(until=self.now)
        Belonging.objects.bulk_update(self.explained, ["because", "plan_version"])
        Belonging.objects.bulk_create(self.new)
        return len(self.over) + len(self.new) + len(self.explained)
