"""End a contract from a day on, by agreement or for cause, whatever its terms say of notice."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contract_editing import hold_contract, note_contract, refuse_if_over
from tantam.desk.customers.models import Contract


def end_contract(contract: Contract, by: Person, *, day: date) -> Contract:
    """Return the contract, over from `day` on.

    Raises Refused("not_allowed"), Refused("contract_over"), Refused("ends_before") for a day before its first.
    """
    with transaction.atomic():
        held = hold_contract(contract, by)
        refuse_if_over(held)
        if day < held.begins:
            raise Refused("ends_before")
        held.ended, held.edition = day, held.edition + 1
        held.save(update_fields=["ended", "edition"])
        note_contract(held, by, "contract_ended")
    return held
