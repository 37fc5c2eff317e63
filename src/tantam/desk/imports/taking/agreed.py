"""Contracts of one portion: each found by its id, else by its number, else agreed anew; and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from tantam.desk.common.rows import insert
from tantam.desk.customers.contract_editing import keep_parts, note_contract, write_terms
from tantam.desk.customers.models import Contract, Customer
from tantam.desk.customers.terms import MOST_PROMISES, PROMISE, Terms, read_terms, written_of
from tantam.desk.customers.traits import Unread
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.by_id import ById, keep_ids
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.taking.people import KIND as CUSTOMER
from tantam.desk.imports.told import ContractTold

KIND = "contract"
PLAIN = ("number", "begins", "ends", "renews_months", "notice_days", "contract_kind", "site", "terms", "products")
_FIELDS = {"number": "contract", "kind": "contract_kind", "severity": "promise", "within": "promise"}


class Contracts(ById[ContractTold]):
    """What becomes of the contracts of one portion."""

    kind, joined = KIND, ("contract__customer",)

    def __init__(self, bringer: Bringer) -> None:
        super().__init__(bringer)
        self._customers: dict[str, Customer] = {}
        self._numbers: dict[str, Contract] = {}
        self._linked: set[int] = set()

    def look_up(self, told: Sequence[ContractTold], mine: QuerySet[ExternalId]) -> None:
        """Read whom they are with, the contracts of these numbers, and which of those have an id already."""
        people = mine.filter(kind=CUSTOMER, external__in={each.customer for each in told}).select_related("customer")
        self._customers = {each.external: each.customer for each in people if each.customer}
        there = Contract.objects.filter(number__in={each.number for each in told}).select_related("customer")
        self._numbers = {each.number: each for each in there}
        linked = mine.filter(kind=KIND, contract__in=[each.pk for each in self._numbers.values()])
        self._linked = {each.contract_id for each in linked if each.contract_id}

    def same(self, told: ContractTold, row: ExternalId) -> Outcome:
        """Return that a contract whose id is known is told of as before."""
        assert row.contract is not None
        return Outcome("same", told, row.contract.customer, contract=row.contract, why="id", known=row)

    def change(self, outcome: Outcome, anew: Sequence[str]) -> None:
        """Name what the source tells otherwise. Raises Wrong for another's contract, and terms that cannot be kept."""
        told, contract = outcome.told, outcome.contract
        assert contract is not None
        if self._customer(told).pk != contract.customer_id:
            raise Wrong("other_contract", "customer", got=told.number)
        there = self._numbers.get(told.number)
        if "number" in anew and there is not None and there.pk != contract.pk:
            raise Wrong("contract_known", "contract")
        outcome.fields = [each for each in anew if each != "customer"]
        _terms(told, outcome.fields, contract)

    def unknown(self, told: ContractTold) -> Outcome:
        """Return what becomes of a contract whose id is new: one of this number, or a new one. Raises Wrong."""
        customer, there = self._customer(told), self._numbers.get(told.number)
        if there is not None:
            if there.customer_id != customer.pk or there.pk in self._linked:
                raise Wrong("contract_known", "contract")
            self._linked.add(there.pk)
            return Outcome("matched", told, customer, contract=there, why="number")
        terms = _terms(told, [*PLAIN, "promises", "ended"])
        contract = Contract(customer=customer, ended=told.ended, **terms.fields)
        self._numbers[told.number] = contract
        self._linked.add(contract.pk)
        return Outcome("new", told, customer, contract=contract)

    def _customer(self, told: ContractTold) -> Customer:
        found = self._customers.get(told.customer)
        if found is None:
            raise Wrong("unknown_customer", "customer", got=told.customer)
        if found.internal or found.kind == Customer.Kind.DEPARTMENT:
            raise Wrong("own", "customer")
        return found


def write_contracts(outcomes: Sequence[Outcome], bringer: Bringer) -> None:
    """Write the contracts of a portion, each change noted with its customer; the caller is inside a transaction."""
    for each in outcomes:
        if each.code == "new" and each.contract is not None:
            insert([each.contract])
            keep_parts(each.contract, _terms(each.told, [*PLAIN, "promises"]))
            note_contract(each.contract, bringer.by, "contract_agreed")
        if each.code == "changed":
            _change(each, bringer)
    keep_ids(KIND, outcomes, bringer)


def _change(outcome: Outcome, bringer: Bringer) -> None:
    """Write what the source changed into the contract as it is now."""
    assert outcome.contract is not None
    held = Contract.objects.select_for_update(of=("self",)).get(pk=outcome.contract.pk)
    fields = write_terms(held, _terms(outcome.told, outcome.fields, held))
    if "ended" in outcome.fields and held.ended != outcome.told.ended:
        held.ended = outcome.told.ended
        held.save(update_fields=["ended"])
        note_contract(held, bringer.by, "contract_ended")
    if set(outcome.fields) - {"ended"}:
        note_contract(held, bringer.by, "contract_changed", fields)


def _terms(told: ContractTold, fields: Sequence[str], contract: Contract | None = None) -> Terms:
    """Return the terms with these fields as told, the others as the contract has them. Raises Wrong."""
    written = written_of(contract) if contract else {}
    told_texts = {name: getattr(told, name) for name in PLAIN if name in fields}
    written |= {name.removeprefix("contract_"): text for name, text in told_texts.items() if text is not None}
    if "promises" in fields and told.promises is not None:
        written = _promised(written, told.promises)
    try:
        terms = read_terms(written)
    except Unread as unread:
        raise _wrong(unread) from None
    if "ended" in fields and told.ended is not None and told.ended < terms.fields["begins"]:
        raise Wrong("ends_before", "ended")
    return terms


def _promised(written: Mapping[str, str], promises: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Return what is written with these promises in place of its own. Raises Wrong for too many."""
    if len(promises) > MOST_PROMISES:
        raise Wrong("bad_count", "promise", got=len(promises), most=MOST_PROMISES)
    found = {name: text for name, text in written.items() if name.rpartition("_")[0] not in PROMISE}
    for number, promise in enumerate(promises):
        found |= {f"{name}_{number}": text for name, text in zip(PROMISE, promise, strict=True)}
    return found


def _wrong(unread: Unread) -> Wrong:
    """Return why the first field that cannot be kept cannot."""
    name, refused = next(iter(unread.refusals.items()))
    stem, _, number = name.rpartition("_")
    field = stem if number.isdigit() else name
    code = "long_text" if refused.code == "too_long" else refused.code
    return Wrong("bad_date" if code == "bad_day" else code, _FIELDS.get(field, field), **refused.arguments)
