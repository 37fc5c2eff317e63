"""How a contract is changed: who may, one at a time, noted with the customer."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import refuse_strangers, today
from tantam.desk.customers.models import Change, Contract, ContractPromise
from tantam.desk.customers.terms import Terms


def hold_contract(contract: Contract, by: Person) -> Contract:
    """Return the contract as it is now, locked; the caller is inside a transaction. Raises Refused("not_allowed")."""
    refuse_strangers(by)
    return Contract.objects.select_for_update(of=("self",)).select_related("customer").get(pk=contract.pk)


def refuse_if_over(contract: Contract) -> None:
    """Raise Refused("contract_over") for a contract that counts no longer."""
    over = contract.over_from
    if over is not None and over <= today():
        raise Refused("contract_over", number=contract.number)


def keep_parts(contract: Contract, terms: Terms) -> None:
    """Keep which products a contract is for and what it promises, in place of what it did."""
    contract.products.set(terms.products)
    contract.promises.all().delete()
    ContractPromise.objects.bulk_create(
        ContractPromise(contract=contract, promise=kind, severity=severity, within=within)
        for kind, severity, within in terms.promises
    )


def note_contract(contract: Contract, by: Person | None, code: str, what: Sequence[str] = ()) -> None:
    """Note with the customer what was done to a contract. by: None where its terms did it themselves."""
    named = [str(contract.pk), *what]
    Change.objects.create(customer_id=contract.customer_id, code=code, what=named, at=clock.now(), by=by)
