"""What shops push, by their own numbers, one or many: the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from ninja import Path, Schema
from pydantic import AwareDatetime, Field

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.api.errors import Invalid
from tantam.desk.api.room import Room
from tantam.desk.api.scopes import PUSH
from tantam.desk.api.token import Asking, Caller, a_person
from tantam.desk.api.told import Told, Word
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import MOST_CONTACT, MOST_NAME
from tantam.desk.imports.access import may_import
from tantam.desk.imports.meaning.form import Mapping
from tantam.desk.imports.meaning.rows import MOST_NUMBER, MOST_SKU, Rows
from tantam.desk.imports.meaning.wrong import Wrong, sentence
from tantam.desk.imports.models import MOST_EXTERNAL, MOST_SOURCE
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.taking.portion import Row, setting_of, take_in

MOST_AT_ONCE = 500
_FIELDS = {"contract": "number", "contract_kind": "kind", "promise": "promises"}  # of files; here called so

Source = Annotated[
    str, Path(pattern=rf"^[a-z0-9][a-z0-9-]{{0,{MOST_SOURCE - 1}}}$", description="The shop, by a name of its own.")
]
Number = Annotated[str, Path(min_length=1, max_length=MOST_EXTERNAL, description="The shop's own number.")]
Mine = Annotated[str, Field(min_length=1, max_length=MOST_EXTERNAL, description="The shop's own number.")]
Sku = Annotated[str, Field(min_length=1, max_length=MOST_SKU)]
Reach = Annotated[str, Field(min_length=1, max_length=MOST_CONTACT)]


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


class HandleIn(Told):
    """A name in a network, such as zalo."""

    network: Literal["zalo", "messenger", "whatsapp", "viber", "telegram", "signal", "instagram", "line"]
    name: Reach


class PlaceOfOne(Told):
    """A postal address. country: two letters."""

    lines: str = Field(min_length=1, max_length=300)
    postcode: str = Field("", max_length=16)
    city: str = Field("", max_length=120)
    country: str = Field("", max_length=2)


class CustomerPushed(Told):
    """A customer as the shop knows them; what is left out stays as it is. organisation: by its name."""

    name: str = Field("", max_length=MOST_NAME)
    kind: Literal["", "person", "business"] = ""
    mails: list[Reach] = Field(default_factory=list, max_length=5)
    phones: list[Reach] = Field(default_factory=list, max_length=5)
    handles: list[HandleIn] = Field(default_factory=list, max_length=5)
    address: Word = ""
    language: str = Field("", max_length=20)
    birth_year: int | None = Field(None, ge=1900, le=2100)
    since: date | None = None
    timezone: str = Field("", max_length=64)
    organisation: str = Field("", max_length=MOST_NAME)
    place: PlaceOfOne | None = None
    note: str = Field("", max_length=4000)


class CustomerOfMany(CustomerPushed):
    """One of many customers."""

    id: Mine


class PurchasePushed(Told):
    """A purchase as the shop knows it. customer: the buyer's number there, who was pushed before.

    price: as the plan writes money, `8990000 VND`. number: what the buyer knows it by; the shop's own number if left
    out. product: its name; line: what the plan's rules call its kind.
    """

    customer: Mine
    number: str = Field("", max_length=MOST_NUMBER)
    sku: str = Field(min_length=1, max_length=MOST_SKU)
    product: str = Field("", max_length=200)
    line: str = Field("", max_length=40)
    price: str = Field(min_length=1, max_length=40)
    ordered_at: AwareDatetime
    handed_over_at: AwareDatetime | None = None


class PurchaseOfMany(PurchasePushed):
    """One of many purchases."""

    id: Mine


class ContractPromised(Told):
    """What a contract promises of its own. promise: a kind of the plan; severity: "" for all cases; within: `4 h`."""

    promise: str = Field(min_length=1, max_length=40, pattern="^[^/:;]+$")
    severity: str = Field("", max_length=40, pattern="^[^/:;]*$")
    within: str = Field(min_length=1, max_length=40, pattern="^[^:;]+$")


Day = Annotated[str, Field(max_length=10, description="A day in the company's zone, `2028-02-29`; empty is not told.")]


class ContractPushed(Told):
    """A contract as the shop knows it; what is left out stays as it is. customer: their number there.

    number: what the customer knows it by; the shop's own number if left out. ends: the last day on which it counts.
    ended: the day from which it was given up. products: article numbers; none means everything.
    """

    customer: Mine
    number: str = Field("", max_length=40)
    kind: str = Field("", max_length=40)
    begins: Day
    ends: Day = ""
    ended: Day = ""
    renews_months: int | None = Field(None, ge=0, le=120)
    notice_days: int | None = Field(None, ge=0, le=730)
    products: list[Sku] = Field(default_factory=list, max_length=50)
    site: str = Field("", max_length=160)
    terms: str = Field("", max_length=8000)
    promises: list[ContractPromised] = Field(default_factory=list, max_length=12)


class ContractOfMany(ContractPushed):
    """One of many contracts."""

    id: Mine


class UnitPushed(Told):
    """One thing with a serial number. purchase: its number there, pushed before. serial: the unit's own if left out.

    sku: to be held against the purchase's. handed_over_at: of this very thing, where it came apart from the rest.
    """

    purchase: Mine
    serial: str = Field("", max_length=MOST_EXTERNAL)
    sku: str = Field("", max_length=MOST_SKU)
    handed_over_at: AwareDatetime | None = None


class UnitOfMany(UnitPushed):
    """One of many things."""

    id: Mine


class ManyContracts(Told):
    """Contracts to be taken in together."""

    items: list[ContractOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ManyUnits(Told):
    """Things to be taken in together."""

    items: list[UnitOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ManyCustomers(Told):
    """Customers to be taken in together."""

    items: list[CustomerOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ManyPurchases(Told):
    """Purchases to be taken in together."""

    items: list[PurchaseOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


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
    return _one(_customers(request, source, [(number, told)]))


@room.post("/sources/{source}/customers", BecameMany)
def push_customers(request: Asking, source: Source, told: ManyCustomers) -> BecameMany:
    """Take in many customers. Each is told by itself: one that is rejected costs no other."""
    return BecameMany(items=_customers(request, source, [(each.id, each) for each in told.items]))


@room.put("/sources/{source}/purchases/{number}", Became)
def push_purchase(request: Asking, source: Source, number: Number, told: PurchasePushed) -> Became:
    """Take in a purchase by the shop's own number. The same again changes nothing; a hand-over is written."""
    return _one(_purchases(request, source, [(number, told)]))


@room.post("/sources/{source}/purchases", BecameMany)
def push_purchases(request: Asking, source: Source, told: ManyPurchases) -> BecameMany:
    """Take in many purchases. Each is told by itself: one that is rejected costs no other."""
    return BecameMany(items=_purchases(request, source, [(each.id, each) for each in told.items]))


@room.put("/sources/{source}/contracts/{number}", Became)
def push_contract(request: Asking, source: Source, number: Number, told: ContractPushed) -> Became:
    """Take in a contract by the shop's own number. The same again changes nothing; what differs is written."""
    return _one(_contracts(request, source, [(number, told)]))


@room.post("/sources/{source}/contracts", BecameMany)
def push_contracts(request: Asking, source: Source, told: ManyContracts) -> BecameMany:
    """Take in many contracts. Each is told by itself: one that is rejected costs no other."""
    return BecameMany(items=_contracts(request, source, [(each.id, each) for each in told.items]))


@room.put("/sources/{source}/units/{number}", Became)
def push_unit(request: Asking, source: Source, number: Number, told: UnitPushed) -> Became:
    """Take in a thing with its serial number by the shop's own number. The same again changes nothing."""
    return _one(_units(request, source, [(number, told)]))


@room.post("/sources/{source}/units", BecameMany)
def push_units(request: Asking, source: Source, told: ManyUnits) -> BecameMany:
    """Take in many things with their serial numbers. Each is told by itself: one that is rejected costs no other."""
    return BecameMany(items=_units(request, source, [(each.id, each) for each in told.items]))


def _contracts(request: Asking, source: str, told: Sequence[tuple[str, ContractPushed]]) -> list[Became]:
    return _taken(request, (source, "contracts"), [(number, _of_contract(number, each)) for number, each in told])


def _units(request: Asking, source: str, told: Sequence[tuple[str, UnitPushed]]) -> list[Became]:
    return _taken(request, (source, "units"), [(number, _of_unit(number, each)) for number, each in told])


def _customers(request: Asking, source: str, told: Sequence[tuple[str, CustomerPushed]]) -> list[Became]:
    return _taken(request, (source, "customers"), [(number, _of_customer(number, each)) for number, each in told])


def _purchases(request: Asking, source: str, told: Sequence[tuple[str, PurchasePushed]]) -> list[Became]:
    return _taken(request, (source, "purchases"), [(number, _of_purchase(number, each)) for number, each in told])


def _taken(request: Asking, what: tuple[str, str], told: Sequence[tuple[str, dict[str, list[str]]]]) -> list[Became]:
    """Take in what is told, in one transaction; return what became of each. what: source, rows."""
    source, rows = what
    if source == "desk":
        raise Invalid("source", "The desk is no shop. Choose a name of your own.")
    mapping = {"rows": rows, "source": source, "fields": {"id": {"constant": ""}}, "formats": {"decimal": "."}}
    reader = Rows(Mapping.model_validate(mapping), (), setting_of(plans.in_force()))
    person: Person | None = request.person
    with transaction.atomic():
        outcomes = take_in(Bringer(source, by=person), [_read(reader, texts) for _number, texts in told])
    return [_became(number, each) for (number, _texts), each in zip(told, outcomes, strict=True)]


def _read(reader: Rows, texts: dict[str, list[str]]) -> Row:
    try:
        return reader.told(texts)
    except Wrong as wrong:
        return wrong


def _of_customer(number: str, told: CustomerPushed) -> dict[str, list[str]]:
    """Return the texts of the fields, as those of a file's row."""
    one = ("name", "kind", "address", "language", "timezone", "organisation", "note")
    texts = {name: [text] for name in one if (text := getattr(told, name))}
    texts |= {"id": [number], "mail": told.mails, "phone": told.phones}
    for each in told.handles:
        texts.setdefault(each.network, []).append(each.name)
    if told.birth_year is not None:
        texts["birth_year"] = [str(told.birth_year)]
    if told.since is not None:
        texts["since"] = [told.since.isoformat()]
    if told.place is not None:
        place = {"street": told.place.lines, "postcode": told.place.postcode, "city": told.place.city}
        texts |= {name: [text] for name, text in (place | {"country": told.place.country}).items() if text}
    return texts


def _of_purchase(number: str, told: PurchasePushed) -> dict[str, list[str]]:
    one = ("customer", "number", "sku", "product", "line", "price")
    texts = {name: [text] for name in one if (text := getattr(told, name))}
    moments: dict[str, datetime | None] = {"ordered": told.ordered_at, "handed_over": told.handed_over_at}
    return texts | {"id": [number]} | {name: [at.isoformat()] for name, at in moments.items() if at}


def _of_contract(number: str, told: ContractPushed) -> dict[str, list[str]]:
    one = ("customer", "begins", "ends", "ended", "site", "terms")
    texts = {name: [text] for name in one if (text := getattr(told, name))}
    counts = {"renews_months": told.renews_months, "notice_days": told.notice_days}
    texts |= {name: [str(count)] for name, count in counts.items() if count is not None}
    promises = [f"{each.promise}/{each.severity}:{each.within}" for each in told.promises]
    texts |= {name: [text] for name, text in (("contract", told.number), ("contract_kind", told.kind)) if text}
    return texts | {"id": [number], "products": told.products, "promise": promises}


def _of_unit(number: str, told: UnitPushed) -> dict[str, list[str]]:
    texts = {name: [text] for name in ("purchase", "serial", "sku") if (text := getattr(told, name))}
    at = {"handed_over": [told.handed_over_at.isoformat()]} if told.handed_over_at else {}
    return texts | {"id": [number]} | at


def _became(number: str, outcome: Outcome) -> Became:
    wrong, numbered = outcome.wrong, outcome.purchase or outcome.contract
    return Became(
        id=number,
        outcome=outcome.code,
        found_by=outcome.why if outcome.code == "matched" else "",
        customer=str(outcome.customer.pk) if outcome.customer else "",
        number=numbered.number if numbered else "",
        changed=sorted({_FIELDS.get(each, each) for each in outcome.fields})
        if outcome.code in ("matched", "changed")
        else [],
        code=wrong.code if wrong else "",
        field=_FIELDS.get(wrong.field, wrong.field) if wrong else "",
        message=sentence(wrong.code, wrong.args_said) if wrong else "",
    )


def _one(became: list[Became]) -> Became:
    """Return what became of the only one. Raises Invalid if it was rejected."""
    (only,) = became
    if only.outcome == "rejected":
        raise Invalid(only.field or "id", only.message)
    return only
