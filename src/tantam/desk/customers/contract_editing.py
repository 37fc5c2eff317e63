"""How a contract is changed: who may, one at a time, noted with the customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


def write_terms(held: Contract, terms: Terms) -> list[str]:
    """Keep these terms in a contract that the caller holds; return the names of the fields that differ.

    A new last day or another length begins the counting of renewals anew.
    """
    changed: dict[str, Any] = {name: value for name, value in terms.fields.items() if getattr(held, name) != value}
    names = sorted(changed)
    if changed.keys() & {"ends", "renews_months"}:
        changed |= {"first_ends": None, "renewals": 0}
    for name, value in (changed | {"edition": held.edition + 1}).items():
        setattr(held, name, value)
    held.save(update_fields=[*changed, "edition"])
    keep_parts(held, terms)
    return names


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
