"""Note that a contract of which notice was given goes on after all."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contract_editing import hold_contract, note_contract, refuse_if_over
from tantam.desk.customers.models import Contract


def keep_contract(contract: Contract, by: Person) -> Contract:
    """Return the contract without its notice.

    Raises Refused("not_allowed"), Refused("contract_over"), Refused("no_notice").
    """
    with transaction.atomic():
        held = hold_contract(contract, by)
        refuse_if_over(held)
        if held.ended is None:
            raise Refused("no_notice")
        held.ended, held.edition = None, held.edition + 1
        held.save(update_fields=["ended", "edition"])
        note_contract(held, by, "contract_kept_on")
    return held
