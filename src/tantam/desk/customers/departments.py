"""Departments as customers of each other: found, or taken on the first time they ask for something."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.internal import take_on_inside
from tantam.desk.customers.models import Customer
from tantam.desk.plans.care import departments


@transaction.atomic
def customer_of(name: str) -> Customer:
    """Return the customer who stands for a department of the plan. Raises NoPlan, Refused("unknown_value")."""
    one_at_a_time(f"department:{name}")
    known = Customer.objects.filter(kind=Customer.Kind.DEPARTMENT, department=name).first()
    if known is not None:
        return known
    plan = plans.in_force()
    own = plan.languages[0]
    label = next((each.label for each in departments(plan, own) if each.name == name), None)
    if label is None:
        raise Refused("unknown_value", got=name[:40])
    return take_on_inside(name=label, language=own, kind=Customer.Kind.DEPARTMENT, department=name)
