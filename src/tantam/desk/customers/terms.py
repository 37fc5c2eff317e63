"""Reads what is written about a contract: each field with its own reason for what it does not take."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from tantam.desk import plans
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import MOST_NUMBER, Contract, Product
from tantam.desk.customers.traits import Unread
from tantam.desk.plans.contracts import is_time, promisable

MOST_PROMISES = 12
PROMISE = ("promise", "severity", "within")  # fields of one promise, each with its number
MOST_TERMS = 8000
MOST_MONTHS = 120
MOST_NOTICE = 730  # days
MOST_PRODUCTS = 50
YEARS = range(1970, 2200)  # far enough from the ends of the calendar that terms and notice can be counted on
KINDS = {
    "service": _("Service"),
    "maintenance": _("Maintenance"),
    "warranty": _("Longer warranty"),
    "rental": _("Rental"),
    "supply": _("Supply"),
}
_SKUS = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is to be kept of a contract. fields: of Contract; promises: (kind, severity, within)."""

    fields: Mapping[str, Any]
    products: tuple[Product, ...]
    promises: tuple[tuple[str, str, str], ...]


def read_terms(written: Mapping[str, str]) -> Terms:
    """Return the terms that were written as text. Raises Unread with every field that cannot be kept.

    Fields: number, kind, begins, ends, renews_months, notice_days, site, terms, products (article numbers), and
    promise_0, severity_0, within_0 and so on, as many as were filled in.
    """
    found: dict[str, Any] = {}
    refusals: dict[str, Refused] = {}
    for name, reader in _READERS.items():
        try:
            found[name] = reader(_plain(written.get(name, "")))
        except Refused as refused:
            refusals[name] = refused
    promises = _promises(written, refusals)
    ends, begins = found.get("ends"), found.get("begins")
    if ends is not None and begins is not None and ends < begins:
        refusals["ends"] = Refused("ends_before")
    if "ends" in found and ends is None and found.get("renews_months"):
        refusals["renews_months"] = Refused("contract_without_end")
    if refusals:
        raise Unread(refusals)
    return Terms(found, found.pop("products"), promises)


def written_of(contract: Contract) -> dict[str, str]:
    """Return a contract as it would be written; `read_terms` reads it back."""
    plain = {
        each: str(getattr(contract, each))
        for each in ("number", "kind", "renews_months", "notice_days", "site", "terms")
    }
    days = {each: day.isoformat() for each in ("begins", "ends") if (day := getattr(contract, each))}
    found = plain | days | {"products": ", ".join(each.sku for each in contract.products.all())}
    for number, each in enumerate(sorted(contract.promises.all(), key=lambda one: one.pk)):
        found |= {
            f"promise_{number}": each.promise,
            f"severity_{number}": each.severity,
            f"within_{number}": each.within,
        }
    return found


def read_day(text: str) -> date:
    """Return a day as forms send it, `2027-02-28`, of YEARS. Raises Refused("bad_day")."""
    try:
        day = date.fromisoformat(_plain(text))
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise Refused("bad_day", got=_plain(text)[:20])
    return day


def _plain(text: str) -> str:
    return text.replace("\x00", "").strip()


def _number(text: str) -> str:
    if not text or len(text) > MOST_NUMBER:
        raise Refused("no_contract_number", most=MOST_NUMBER)
    return " ".join(text.split())


def _whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
        if text and not 0 <= number <= most:
            raise Refused("bad_count", got=text[:20], most=most)
        return number if text else 0

    return read


def _at_most(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise Refused("too_long", most=most)
        return text

    return read


def _kind(text: str) -> str:
    kind = "_".join(text.lower().split()) or "service"
    if len(kind) > MOST_NUMBER or not kind.replace("_", "").isalnum():
        raise Refused("unknown_value", got=text[:40])
    return kind


def _products(text: str) -> tuple[Product, ...]:
    skus = [each for each in dict.fromkeys(_SKUS.split(text)) if each]
    if len(skus) > MOST_PRODUCTS:
        raise Refused("bad_count", got=str(len(skus)), most=MOST_PRODUCTS)
    found = {each.sku: each for each in Product.objects.filter(sku__in=skus)}
    if missing := [each for each in skus if each not in found]:
        raise Refused("unknown_product", got=missing[0][:40])
    return tuple(found[each] for each in skus)


def _promises(written: Mapping[str, str], refusals: dict[str, Refused]) -> tuple[tuple[str, str, str], ...]:
    """Return what is promised; what cannot be, is noted among the refusals by its field."""
    found: dict[tuple[str, str], str] = {}
    plan = plans.in_force()
    for number in range(MOST_PROMISES):
        kind, severity, within = (_plain(written.get(f"{each}_{number}", "")) for each in PROMISE)
        if not kind and not within:
            continue
        if kind not in promisable(plan):
            refusals[f"promise_{number}"] = Refused("unknown_promise", got=kind[:40])
        elif severity and severity not in plan.severities():
            refusals[f"severity_{number}"] = Refused("unknown_severity")
        elif not is_time(within):
            refusals[f"within_{number}"] = Refused("bad_within", got=within[:40])
        elif (kind, severity) in found:
            refusals[f"promise_{number}"] = Refused("promised_twice")
        else:
            found[kind, severity] = within
    return tuple((kind, severity, within) for (kind, severity), within in found.items())


_READERS: dict[str, Callable[[str], Any]] = {
    "number": _number,
    "kind": _kind,
    "begins": read_day,
    "ends": lambda text: read_day(text) if text else None,
    "renews_months": _whole(MOST_MONTHS),
    "notice_days": _whole(MOST_NOTICE),
    "site": _at_most(Contract._meta.get_field("site").max_length or 0),
    "terms": _at_most(MOST_TERMS),
    "products": _products,
}
