"""Note that a contract is given notice of, by either side: it ends with the term that the notice is in time for."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contract_editing import hold_contract, note_contract, refuse_if_over
from tantam.desk.customers.editing import today
from tantam.desk.customers.models import Contract
from tantam.desk.plans.contracts import end_by_notice


def give_notice(contract: Contract, by: Person) -> Contract:
    """Return the contract, over from the day after the last that it lasts by its own terms.

    Raises Refused("not_allowed"), Refused("contract_over"), Refused("notice_given"), Refused("ends_anyway").
    """
    with transaction.atomic():
        held = hold_contract(contract, by)
        refuse_if_over(held)
        if held.ended is not None:
            raise Refused("notice_given")
        if held.ends is not None and not held.renews_months:
            raise Refused("ends_anyway")
        last = end_by_notice(held.first_ends or held.ends, held.renews_months, held.notice_days, today())
        held.ended, held.edition = last + timedelta(days=1), held.edition + 1
        held.save(update_fields=["ended", "edition"])
        note_contract(held, by, "contract_notice")
    return held
