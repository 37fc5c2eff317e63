"""Note which purchase a case is about."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Purchase
from tantam.desk.plans.seeing import sees_house


def note_purchase(case: Case, person: Person, purchase: Purchase) -> Case:
    """Return the case with its purchase, one of its customer's; what rested on what was told is asked anew.

    Noted already, nothing happens. Raises Refused: is_merged, bought_by_another, purchase_known, not_allowed.
    """
    if not sees_house(person):
        raise Refused("not_allowed")
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        if act.case.purchase_id == purchase.pk:
            return act.case
        if act.case.purchase_id is not None:
            raise Refused("purchase_known")
        if purchase.customer_id != act.case.customer_id:
            raise Refused("bought_by_another")
        act.save(purchase=purchase)
        act.append("purchase_noted", purchase=purchase.pk)
        return act.case
