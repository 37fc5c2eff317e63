"""What a shop tells of one thing, by its own numbers: the body of a request, and as the texts of a file's row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from tantam.desk.api.told import Told, Word
from tantam.desk.customers.models import MOST_CONTACT, MOST_NAME, MOST_TRACKING
from tantam.desk.imports.meaning.agreed import MOST_CARRIER, MOST_REASON
from tantam.desk.imports.meaning.agreed import MOST_NUMBER as MOST_OF_A_DELIVERY
from tantam.desk.imports.meaning.rows import MOST_NUMBER, MOST_SKU
from tantam.desk.imports.models import MOST_EXTERNAL

MOST_AT_ONCE = 500
Texts = dict[str, list[str]]
Mine = Annotated[str, Field(min_length=1, max_length=MOST_EXTERNAL, description="The shop's own number.")]
Sku = Annotated[str, Field(min_length=1, max_length=MOST_SKU)]
Reach = Annotated[str, Field(min_length=1, max_length=MOST_CONTACT)]
Day = Annotated[str, Field(max_length=10, description="A day in the company's zone, `2028-02-29`; empty is not told.")]


class Pushed(Told):
    """What is told of one thing. rows: what it is; called: how a file calls a field that is called otherwise here."""

    rows: ClassVar[str]
    called: ClassVar[Mapping[str, str]] = {}

    def texts(self, number: str) -> Texts:
        """Return the texts of the fields, as those of a file's row."""
        told = {self.called.get(name, name): _texts(value) for name, value in self if name != "id"}
        return {name: texts for name, texts in told.items() if texts} | {"id": [number]}

    @classmethod
    def field(cls, name: str) -> str:
        """Return how a field of a file's row is called here."""
        return {theirs: ours for ours, theirs in cls.called.items()}.get(name, name)


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


class CustomerPushed(Pushed):
    """A customer as the shop knows them; what is left out stays as it is. organisation: by its name."""

    rows = "customers"
    called = {"mails": "mail", "phones": "phone"}
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

    def texts(self, number: str) -> Texts:
        """Return the texts of the fields, with names in networks and the parts of an address."""
        texts = super().texts(number)
        for each in self.handles:
            texts.setdefault(each.network, []).append(each.name)
        if self.place is not None:
            there = self.place
            place = {"street": there.lines, "postcode": there.postcode, "city": there.city, "country": there.country}
            texts |= {name: [text] for name, text in place.items() if text}
        return texts


class PurchasePushed(Pushed):
    """A purchase as the shop knows it. customer: the buyer's number there, who was pushed before.

    price: as the plan writes money, `8990000 VND`. number: what the buyer knows it by; the shop's own number if left
    out. product: its name; line: what the plan's rules call its kind.
    """

    rows = "purchases"
    called = {"ordered_at": "ordered", "handed_over_at": "handed_over"}
    customer: Mine
    number: str = Field("", max_length=MOST_NUMBER)
    sku: str = Field(min_length=1, max_length=MOST_SKU)
    product: str = Field("", max_length=200)
    line: str = Field("", max_length=40)
    price: str = Field(min_length=1, max_length=40)
    ordered_at: AwareDatetime
    handed_over_at: AwareDatetime | None = None


class ContractPromised(Told):
    """What a contract promises of its own. promise: a kind of the plan; severity: "" for all cases; within: `4 h`."""

    promise: str = Field(min_length=1, max_length=40, pattern="^[^/:;]+$")
    severity: str = Field("", max_length=40, pattern="^[^/:;]*$")
    within: str = Field(min_length=1, max_length=40, pattern="^[^:;]+$")


class ContractPushed(Pushed):
    """A contract as the shop knows it; what is left out stays as it is. customer: their number there.

    number: what the customer knows it by; the shop's own number if left out. ends: the last day on which it counts.
    ended: the day from which it was given up. products: article numbers; none means everything.
    """

    rows = "contracts"
    called = {"number": "contract", "kind": "contract_kind", "promises": "promise"}
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

    def texts(self, number: str) -> Texts:
        """Return the texts of the fields, each promise as a file writes it."""
        promises = [f"{each.promise}/{each.severity}:{each.within}" for each in self.promises]
        return super().texts(number) | {"promise": promises}


class UnitPushed(Pushed):
    """One thing with a serial number. purchase: its number there, pushed before. serial: the unit's own if left out.

    sku: to be held against the purchase's. handed_over_at: of this very thing, where it came apart from the rest.
    """

    rows = "units"
    called = {"handed_over_at": "handed_over"}
    purchase: Mine
    serial: str = Field("", max_length=MOST_EXTERNAL)
    sku: str = Field("", max_length=MOST_SKU)
    handed_over_at: AwareDatetime | None = None


class DeliveryPushed(Pushed):
    """By when a purchase, or a part of it, arrives. purchase: its number there, pushed before. due: the day promised.

    number: the customer's, where a purchase comes in several. arrived_at: when it did. called_off: the day on which it
    was. reason: why there is another day, or none; the customer reads it. carrier: who told the day.
    """

    rows = "deliveries"
    called = {"number": "delivery", "arrived_at": "arrived"}

    purchase: Mine
    number: str = Field("", max_length=MOST_OF_A_DELIVERY)
    due: Day = ""
    arrived_at: AwareDatetime | None = None
    tracking: str = Field("", max_length=MOST_TRACKING)
    carrier: str = Field("", max_length=MOST_CARRIER)
    called_off: Day = ""
    reason: str = Field("", max_length=MOST_REASON)


class CustomerOfMany(CustomerPushed):
    """One of many customers."""

    id: Mine


class ManyCustomers(Told):
    """Customers to be taken in together."""

    items: list[CustomerOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


class PurchaseOfMany(PurchasePushed):
    """One of many purchases."""

    id: Mine


class ManyPurchases(Told):
    """Purchases to be taken in together."""

    items: list[PurchaseOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ContractOfMany(ContractPushed):
    """One of many contracts."""

    id: Mine


class ManyContracts(Told):
    """Contracts to be taken in together."""

    items: list[ContractOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


class UnitOfMany(UnitPushed):
    """One of many things."""

    id: Mine


class ManyUnits(Told):
    """Things to be taken in together."""

    items: list[UnitOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


class DeliveryOfMany(DeliveryPushed):
    """One of many deliveries."""

    id: Mine


class ManyDeliveries(Told):
    """Deliveries to be taken in together."""

    items: list[DeliveryOfMany] = Field(min_length=1, max_length=MOST_AT_ONCE)


def _texts(value: Any) -> list[str]:
    """Return what a value says as texts; none where it says nothing, or has parts of its own."""
    match value:
        case None | "" | Schema():
            return []
        case date() | datetime():
            return [value.isoformat()]
        case list():
            return [text for each in value for text in _texts(each)]
        case _:
            return [str(value)]
