"""What a row tells of a contract, of one thing by its serial number, or of a delivery."""

from __future__ import annotations

import re
from collections.abc import Mapping as Texts

from tantam.desk.customers import serials
from tantam.desk.customers.models import MOST_SERIAL, MOST_TRACKING
from tantam.desk.imports.meaning.cells import Cells
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import MOST_EXTERNAL
from tantam.desk.imports.told import ContractTold, DeliveryTold, UnitTold

_PROMISE = re.compile(r"([^/:;]+)(?:/([^/:;]*))?:([^:;]+)")
_APART = re.compile(r"[;\n]")
MOST_NUMBER, MOST_CARRIER, MOST_REASON = 40, 80, 500  # letters, of a delivery


def contract_told(cells: Cells, texts: Texts[str, list[str]]) -> ContractTold:
    """Return the contract that these texts tell of. Raises Wrong."""
    number = " ".join((_first(texts, "contract") or _first(texts, "id")).split())
    begins, ends = cells.read(texts, "begins"), cells.read(texts, "ends")
    if begins is None:
        raise Wrong("no_begin", "begins")
    return ContractTold(
        external=_id("id", _first(texts, "id") or number),
        number=number,
        customer=_id("customer", _first(texts, "customer")),
        begins=begins.isoformat(),
        ends=ends.isoformat() if ends else None,
        renews_months=_first(texts, "renews_months") or None,
        notice_days=_first(texts, "notice_days") or None,
        contract_kind=_first(texts, "contract_kind") or None,
        site=_first(texts, "site") or None,
        terms=_first(texts, "terms") or None,
        products=", ".join(texts.get("products", ())) or None,
        promises=_promises(texts) or None,
        ended=cells.read(texts, "ended"),
    )


def unit_told(cells: Cells, texts: Texts[str, list[str]]) -> UnitTold:
    """Return the thing that these texts tell of. Raises Wrong."""
    written = _first(texts, "serial") or _first(texts, "id")
    serial = serials.kept(written)
    if not serial or len(serial) > MOST_SERIAL:
        raise Wrong("bad_serial", "serial", got=written[:40])
    purchase = _first(texts, "purchase")
    if not purchase:
        raise Wrong("no_purchase", "purchase")
    return UnitTold(
        external=_id("id", _first(texts, "id") or serial),
        serial=serial,
        purchase=_id("purchase", purchase),
        sku=_first(texts, "sku"),
        handed_over_at=cells.read(texts, "handed_over"),
    )


def delivery_told(cells: Cells, texts: Texts[str, list[str]]) -> DeliveryTold:
    """Return the delivery that these texts tell of. Raises Wrong."""
    purchase, number = _first(texts, "purchase"), _first(texts, "delivery")
    if not purchase:
        raise Wrong("no_purchase", "purchase")
    for name, most in (("delivery", MOST_NUMBER), ("tracking", MOST_TRACKING), ("carrier", MOST_CARRIER)):
        if len(_first(texts, name)) > most:
            raise Wrong("long_text", name, most=most)
    return DeliveryTold(
        external=_id("id", _first(texts, "id") or number or purchase),
        purchase=_id("purchase", purchase),
        number=number or None,
        due=cells.read(texts, "due"),
        delivered_at=cells.read(texts, "arrived"),
        tracking=_first(texts, "tracking") or None,
        carrier=_first(texts, "carrier") or None,
        called_off=cells.read(texts, "called_off"),
        reason=_first(texts, "reason")[:MOST_REASON] or None,
    )


def _promises(texts: Texts[str, list[str]]) -> tuple[tuple[str, str, str], ...]:
    parts = [each for text in texts.get("promise", ()) for each in _APART.split(text) if each.strip()]
    return tuple(_promise(each) for each in parts)


def _promise(text: str) -> tuple[str, str, str]:
    found = _PROMISE.fullmatch(text)
    if found is None:
        raise Wrong("bad_promise", "promise", got=text.strip()[:60])
    return found[1].strip(), (found[2] or "").strip(), found[3].strip()


def _id(name: str, text: str) -> str:
    if not text:
        raise Wrong("no_id" if name == "customer" else "no_contract_number", name, most=MOST_EXTERNAL)
    if len(text) > MOST_EXTERNAL:
        raise Wrong("long_id", name, got=text[:40], most=MOST_EXTERNAL)
    return text


def _first(texts: Texts[str, list[str]], name: str) -> str:
    return next(iter(texts.get(name, ())), "")
