"""Change what was agreed in a contract, unless somebody else changed it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contract_editing import hold_contract, note_contract, write_terms
from tantam.desk.customers.models import Contract
from tantam.desk.customers.terms import read_terms
from tantam.desk.customers.traits import Unread


def change_contract(contract: Contract, by: Person, *, seen: int | None, written: Mapping[str, str]) -> Contract:
    """Return the contract with what was written; promises that were made by it already stay as they were made.

    A new last day or another length begins the counting of renewals anew. seen: the edition that `by` was looking at;
    None, for none, is never the newest. Raises traits.Unread, Refused("not_allowed"), Refused("contract_changed").
    """
    try:
        with transaction.atomic():
            held = hold_contract(contract, by)
            terms = read_terms(written)
            if held.edition != seen:
                raise Refused("contract_changed")
            changed = write_terms(held, terms)
            note_contract(held, by, "contract_changed", changed)
    except IntegrityError:
        raise Unread({"number": Refused("contract_known")}) from None
    return held
