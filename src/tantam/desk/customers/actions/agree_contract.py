"""Write down a contract that was agreed with a customer or an organisation."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contract_editing import keep_parts, note_contract
from tantam.desk.customers.editing import hold
from tantam.desk.customers.models import Contract, Customer
from tantam.desk.customers.terms import read_terms
from tantam.desk.customers.traits import Unread


def agree_contract(customer: Customer, by: Person, written: Mapping[str, str]) -> Contract:
    """Return the new contract. written: as `terms.read_terms` takes it.

    Raises traits.Unread, also for a number that another one has; Refused("not_allowed").
    """
    try:
        with transaction.atomic():
            held = hold(customer, by)
            terms = read_terms(written)
            made = Contract.objects.create(customer=held, **terms.fields)
            keep_parts(made, terms)
            note_contract(made, by, "contract_agreed")
    except IntegrityError:
        raise Unread({"number": Refused("contract_known")}) from None
    return made
