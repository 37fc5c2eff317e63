"""Writes down what the plan has done after something happened: once for each row and what it happened to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, work
from tantam.desk.customers import facts as of_customers
from tantam.desk.customers.models import Contract, Customer, Purchase
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import BadFact, RunningPlan, UnknownName, follow_ups
from tantam.desk.plans.running import Facts

DO = "do_follow_up"  # work whose payload is {"follow_up": id}
TOO_LATE = timedelta(days=3)  # what was due before is past: nobody asks after a month whether all is well


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What happened. event: its name in the plan. subject: what it happened to, by which it is known again."""

    event: str
    customer: Customer
    subject: str
    at: datetime
    purchase: Purchase | None = None
    contract: Contract | None = None
    case: Case | None = None


def plan_after(happened: Happening, plan: RunningPlan) -> list[FollowUp]:
    """Return what was planned now after something happened; nothing that was planned before, or is long past."""
    if happened.event not in follow_ups.events(plan) or happened.customer.internal:
        return []
    try:
        found = follow_ups.after(plan, happened.event, facts_of(happened, plan), happened.at)
    except (BadFact, UnknownName):
        return []
    now = clock.now()
    return _kept([_written(each, happened, plan) for each in found if each.due > now - TOO_LATE])


def facts_of(happened: Happening, plan: RunningPlan) -> Facts:
    """Return {term: Fact} of the case, else of the customer and what they bought, as it is on record."""
    if happened.case is not None:
        return known_of(happened.case, plan, happened.at)
    recorded = of_customers.facts_of(happened.customer, happened.purchase, happened.at)
    return plan.terms_of(recorded, {}, happened.at)


def _written(found: follow_ups.FollowUp, happened: Happening, plan: RunningPlan) -> FollowUp:
    return FollowUp(
        customer=happened.customer,
        row=found.row,
        event=found.event,
        subject=happened.subject,
        purchase=happened.purchase,
        contract=happened.contract,
        case=happened.case,
        plan_version=plan.row,
        happened_at=happened.at,
        due_at=found.due,
    )


def _kept(rows: Sequence[FollowUp]) -> list[FollowUp]:
    """Keep what is not there yet, each with the work that does it; of two who plan the same one counts."""
    new = []
    with transaction.atomic():
        for each in rows:
            given = {field.attname: getattr(each, field.attname) for field in FollowUp._meta.concrete_fields}
            kept, made = FollowUp.objects.get_or_create(row=each.row, subject=each.subject, defaults=given)
            if made:
                work.due(DO, f"{DO}:{kept.pk}", {"follow_up": kept.pk}, kept.due_at)
                new.append(kept)
    return new
