"""What a source tells, in the forms that we keep; None is what it does not tell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime

Reached = tuple[str, str, str]  # kind, network, value, as a Contact keeps them
LETTERS = 6  # of a digest of one field
UNTOLD = "-" * LETTERS


@dataclass(frozen=True, slots=True)
class Place:
    """A postal address."""

    lines: str
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class CustomerTold:
    """Somebody as a source tells of them. external: their id there, never empty."""

    external: str
    name: str | None = None
    kind: str | None = None
    address: str | None = None
    language: str | None = None
    birth_year: int | None = None
    since: date | None = None
    timezone: str | None = None
    note: str | None = None
    contacts: tuple[Reached, ...] | None = None
    organisation: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PurchaseTold:
    """A purchase as a source tells of it. external: its id there. customer: the buyer's id there, "" for none.

    buyer: who bought, where the row itself says how they are reached. product: its name.
    """

    external: str
    number: str
    customer: str
    buyer: CustomerTold | None
    sku: str
    product: str | None
    line: str | None
    price_minor: int
    currency: str
    ordered_at: datetime
    handed_over_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContractTold:
    """A contract as a source tells of it. external: its id there. customer: the id there of whom it is with.

    begins to promises: texts as `customers.terms.read_terms` takes them. products: article numbers, with commas.
    promises: (kind, severity, within). ended: the day from which it was given up.
    """

    external: str
    number: str
    customer: str
    begins: str | None = None
    ends: str | None = None
    renews_months: str | None = None
    notice_days: str | None = None
    contract_kind: str | None = None
    site: str | None = None
    terms: str | None = None
    products: str | None = None
    promises: tuple[tuple[str, str, str], ...] | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class UnitTold:
    """One thing as a source tells of it. external: its id there. serial: as it is kept. purchase: its id there.

    sku: "" where the purchase alone says what it is.
    """

    external: str
    serial: str
    purchase: str
    sku: str
    handed_over_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryTold:
    """A delivery as a source tells of it. external: its id there. purchase: its id there. due: the day promised.

    number: the customer's, where a purchase comes in several. carrier: who told the day. called_off: the day on which
    it was. reason: of another day or of calling it off, for the customer.
    """

    external: str
    purchase: str
    number: str | None = None
    due: date | None = None
    delivered_at: datetime | None = None
    tracking: str | None = None
    carrier: str | None = None
    called_off: date | None = None
    reason: str | None = None


Told = CustomerTold | PurchaseTold | ContractTold | UnitTold | DeliveryTold


def seen(told: Told) -> str:
    """Return a digest a field, one after the other: what differs next time is what the source changed."""
    return "".join(_digest(getattr(told, each.name)) for each in fields(told)[1:])


def changed(told: Told, before: str) -> list[str]:
    """Return the fields that are told, and otherwise than before. before: of `seen`."""
    now = seen(told)
    names = [each.name for each in fields(told)[1:]]
    parts = [(name, at * LETTERS) for at, name in enumerate(names)]
    return [
        name
        for name, at in parts
        if now[at : at + LETTERS] != UNTOLD and now[at : at + LETTERS] != before[at : at + LETTERS]
    ]


def _digest(value: object) -> str:
    if value is None:
        return UNTOLD
    return hashlib.blake2s(repr(value).encode(), digest_size=LETTERS // 2).hexdigest()
