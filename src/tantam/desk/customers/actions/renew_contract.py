"""Let a contract go on by itself once its term is over, and look again and again for those whose term is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from tantam.desk import plans
from tantam.desk.common import recurring
from tantam.desk.common.work import handles_long
from tantam.desk.common.work import hold as hold_work
from tantam.desk.customers.contract_editing import note_contract
from tantam.desk.customers.editing import today
from tantam.desk.customers.models import Contract
from tantam.desk.plans.contracts import renewed_end

LOOK = "renew_contracts"  # work without a payload
EVERY = timedelta(minutes=30)
AT_ONCE = 500
MOST_AT_ONCE = 120  # terms that one look lets go on, where nobody worked for long; the next look takes the rest


def renew_contract(pk: int) -> int:
    """Return by how many terms the contract went on now: until it lasts today, or to the day that it was given up.

    Twice is harmless: what lasts today stays as it is.
    """
    with transaction.atomic():
        held = Contract.objects.select_for_update(of=("self",)).get(pk=pk)
        done, now = 0, today()
        while done < MOST_AT_ONCE and _goes_on(held) and held.ends is not None and held.ends < now:
            held.first_ends = held.first_ends or held.ends
            held.renewals += 1
            held.ends = renewed_end(held.first_ends, held.renews_months, held.renewals)
            done += 1
            note_contract(held, None, "contract_renewed", [held.ends.isoformat()])
        if done:
            held.save(update_fields=["first_ends", "renewals", "ends"])
    return done


def _goes_on(contract: Contract) -> bool:
    """Whether it goes on after its last day, given up later or not at all."""
    if contract.ends is None or not contract.renews_months:
        return False
    return contract.ended is None or contract.ended > contract.ends + timedelta(days=1)


@handles_long(LOOK)
def look(payload: Mapping[str, Any]) -> None:
    """Let every contract go on whose term is over and that nobody gave up."""
    try:
        plans.in_force()
    except plans.NoPlan:
        return
    over = Contract.objects.filter(Q(ended=None) | Q(ended__gt=F("ends")), ends__lt=today(), renews_months__gt=0)
    last = 0
    while keys := list(over.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        for pk in keys:
            renew_contract(pk)
            hold_work()
        last = keys[-1]


recurring.recurs(LOOK, EVERY)
