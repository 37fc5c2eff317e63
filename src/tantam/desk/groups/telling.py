"""What customers told of themselves for terms that nothing on record gives: which these are, and what was told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from tantam.desk.cases.contacts import PATHS as OF_CONTACTS
from tantam.desk.cases.facts import BUILT_IN
from tantam.desk.customers.facts import PATHS as OF_CUSTOMERS
from tantam.desk.customers.told import Kept, tells
from tantam.desk.groups.models import Told
from tantam.desk.plans import BadFact, RunningPlan, Standing, UnknownName, belonging

_ELSEWHERE = ("purchase.", "product.", "case.", "clock.", "claim.")  # paths of what is no trait of a person


def free_terms(plan: RunningPlan) -> tuple[str, ...]:
    """Return the terms of groups and profile that are filled in by hand, as no record gives them."""
    return tuple(each for each in belonging.asked_of_people(plan) if _is_free(plan, each))


def _is_free(plan: RunningPlan, term: str) -> bool:
    path = belonging.path_of(plan, term)
    on_record = path in OF_CUSTOMERS | OF_CONTACTS or path.startswith(_ELSEWHERE)
    return not on_record and term not in (*BUILT_IN, "group")


@tells
def told_of(customers: Collection[int], plan: RunningPlan, now: datetime) -> Kept:
    """Return what these customers told, as this version of the plan reads it; one query, none without free terms."""
    free, found = free_terms(plan), Kept()
    if not free:
        return found
    rows = Told.objects.filter(customer__in=customers, term__in=free).values_list("customer_id", "term", "text")
    for customer, term, text in rows:
        try:
            found.setdefault(customer, {}).update(plan.read({term: text}, Standing.RECORDED, now))
        except (BadFact, UnknownName):  # told under a version whose term took other values
            continue
    return found
