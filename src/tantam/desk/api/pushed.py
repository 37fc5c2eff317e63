"""What shops push, by their own numbers, one or many: the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db import transaction
from ninja import Path, Schema

from tantam.desk import plans
from tantam.desk.api.errors import Invalid
from tantam.desk.api.pushed_forms import (
    ContractPushed,
    CustomerPushed,
    DeliveryPushed,
    ManyContracts,
    ManyCustomers,
    ManyDeliveries,
    ManyPurchases,
    ManyUnits,
    PurchasePushed,
    Pushed,
    Texts,
    UnitPushed,
)
from tantam.desk.api.room import Room
from tantam.desk.api.scopes import PUSH
from tantam.desk.api.token import Asking, Caller, a_person
from tantam.desk.common.errors import Refused
from tantam.desk.imports.access import may_import
from tantam.desk.imports.meaning.form import Mapping
from tantam.desk.imports.meaning.rows import Rows
from tantam.desk.imports.meaning.wrong import Wrong, sentence
from tantam.desk.imports.models import MOST_EXTERNAL, MOST_SOURCE
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.taking.portion import Row, setting_of, take_in

Source = Annotated[
    str, Path(pattern=rf"^[a-z0-9][a-z0-9-]{{0,{MOST_SOURCE - 1}}}$", description="The shop, by a name of its own.")
]
Number = Annotated[str, Path(min_length=1, max_length=MOST_EXTERNAL, description="The shop's own number.")]


def pushers(request: Any, caller: Caller) -> None:
    """Let in tokens of shops, and of who decides for the whole house. Raises Forbidden, Refused."""
    request.person = None
    if caller.person is None:
        return
    a_person(request, caller)
    if not may_import(caller.person):
        raise Refused("not_allowed")


room = Room("shops", PUSH, PUSH, who=pushers)
router = room.router


class Became(Schema):
    """What became of one. outcome: new, matched (known already, by `found_by`), changed, same or rejected.

    customer: our id; number: our number of the purchase or contract. code, field, message: why it was rejected, "" if
    it was not.
    """

    id: str
    outcome: str
    found_by: str
    customer: str
    number: str
    changed: list[str]
    code: str
    field: str
    message: str


class BecameMany(Schema):
    """What became of each, in the order in which they were sent."""

    items: list[Became]


@room.put("/sources/{source}/customers/{number}", Became)
def push_customer(request: Asking, source: Source, number: Number, told: CustomerPushed) -> Became:
    """Take in a customer by the shop's own number. The same again changes nothing; what differs is written."""
    return _one(request, source, number, told)


@room.post("/sources/{source}/customers", BecameMany)
def push_customers(request: Asking, source: Source, told: ManyCustomers) -> BecameMany:
    """Take in many customers. Each is told by itself: one that is rejected costs no other."""
    return _many(request, source, told.items)


@room.put("/sources/{source}/purchases/{number}", Became)
def push_purchase(request: Asking, source: Source, number: Number, told: PurchasePushed) -> Became:
    """Take in a purchase by the shop's own number. The same again changes nothing; a hand-over is written."""
    return _one(request, source, number, told)


@room.post("/sources/{source}/purchases", BecameMany)
def push_purchases(request: Asking, source: Source, told: ManyPurchases) -> BecameMany:
    """Take in many purchases. Each is told by itself: one that is rejected costs no other."""
    return _many(request, source, told.items)


@room.put("/sources/{source}/contracts/{number}", Became)
def push_contract(request: Asking, source: Source, number: Number, told: ContractPushed) -> Became:
    """Take in a contract by the shop's own number. The same again changes nothing; what differs is written."""
    return _one(request, source, number, told)


@room.post("/sources/{source}/contracts", BecameMany)
def push_contracts(request: Asking, source: Source, told: ManyContracts) -> BecameMany:
    """Take in many contracts. Each is told by itself: one that is rejected costs no other."""
    return _many(request, source, told.items)


@room.put("/sources/{source}/units/{number}", Became)
def push_unit(request: Asking, source: Source, number: Number, told: UnitPushed) -> Became:
    """Take in a thing with its serial number by the shop's own number. The same again changes nothing."""
    return _one(request, source, number, told)


@room.post("/sources/{source}/units", BecameMany)
def push_units(request: Asking, source: Source, told: ManyUnits) -> BecameMany:
    """Take in many things with their serial numbers. Each is told by itself: one that is rejected costs no other."""
    return _many(request, source, told.items)


@room.put("/sources/{source}/deliveries/{number}", Became)
def push_delivery(request: Asking, source: Source, number: Number, told: DeliveryPushed) -> Became:
    """Take in a delivery by the shop's own number. The same again changes nothing; another day is told the customer."""
    return _one(request, source, number, told)


@room.post("/sources/{source}/deliveries", BecameMany)
def push_deliveries(request: Asking, source: Source, told: ManyDeliveries) -> BecameMany:
    """Take in many deliveries. Each is told by itself: one that is rejected costs no other."""
    return _many(request, source, told.items)


def _one(request: Asking, source: str, number: str, told: Pushed) -> Became:
    """Take in one, and return what became of it. Raises Invalid if it was rejected."""
    (only,) = _taken(request, source, [(number, told)])
    if only.outcome == "rejected":
        raise Invalid(only.field or "id", only.message)
    return only


def _many(request: Asking, source: str, told: Sequence[Any]) -> BecameMany:
    return BecameMany(items=_taken(request, source, [(each.id, each) for each in told]))


def _taken(request: Asking, source: str, told: Sequence[tuple[str, Pushed]]) -> list[Became]:
    """Take in what is told, all of one kind, in one transaction; return what became of each."""
    if source == "desk":
        raise Invalid("source", "The desk is no shop. Choose a name of your own.")
    rows = told[0][1].rows
    mapping = {"rows": rows, "source": source, "fields": {"id": {"constant": ""}}, "formats": {"decimal": "."}}
    reader = Rows(Mapping.model_validate(mapping), (), setting_of(plans.in_force()))
    with transaction.atomic():
        read = [_read(reader, each.texts(number)) for number, each in told]
        outcomes = take_in(Bringer(source, by=request.person), read)
    return [_became(number, each, outcome) for (number, each), outcome in zip(told, outcomes, strict=True)]


def _read(reader: Rows, texts: Texts) -> Row:
    try:
        return reader.told(texts)
    except Wrong as wrong:
        return wrong


def _became(number: str, told: Pushed, outcome: Outcome) -> Became:
    wrong, numbered = outcome.wrong, outcome.purchase or outcome.contract
    written = outcome.fields if outcome.code in ("matched", "changed") else ()
    return Became(
        id=number,
        outcome=outcome.code,
        found_by=outcome.why if outcome.code == "matched" else "",
        customer=str(outcome.customer.pk) if outcome.customer else "",
        number=numbered.number if numbered else "",
        changed=sorted({told.field(each) for each in written}),
        code=wrong.code if wrong else "",
        field=told.field(wrong.field) if wrong else "",
        message=sentence(wrong.code, wrong.args_said) if wrong else "",
    )
