"""A row of a file to what it tells: each cell in the form that we keep, or the reason why the row is not taken."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping as Texts
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tantam.desk.imports.meaning.agreed import contract_told, delivery_told, unit_told
from tantam.desk.imports.meaning.cells import Cells, Setting
from tantam.desk.imports.meaning.days import Days
from tantam.desk.imports.meaning.form import CONTACTS, Given, Mapping
from tantam.desk.imports.meaning.names import turned, whole_name
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import MOST_EXTERNAL
from tantam.desk.imports.reading.table import Line
from tantam.desk.imports.told import CustomerTold, Place, PurchaseTold, Reached, Told

MOST_SKU = 40
MOST_NUMBER = 24
UNKNOWN = "unknown"
TOGETHER = ("name", "family_name", "given_name", "street")  # several columns are one value
EACH = (*CONTACTS, "note", "promise", "products")  # several columns are several values
DERIVED = "~"  # begins the id of somebody to whom the source gives none


class Rows:
    """Reads the rows of one file. columns: of the file; a column that the mapping names must be among them."""

    def __init__(self, mapping: Mapping, columns: Sequence[str], setting: Setting) -> None:
        self.mapping, self.setting = mapping, setting
        order = mapping.formats.dates
        self.cells = Cells(setting, Days(order, mapping.zone or setting.zone, mapping.formats.instant), mapping.formats)
        self.missing = frozenset(mapping.missing)
        at = {name: place for place, name in reversed(list(enumerate(columns)))}
        self.places = {name: [at[each] for each in given.column] for name, given in mapping.fields.items()}

    def read(self, line: Line) -> Told:
        """Return what the row tells. Raises Wrong."""
        if line.broken:
            raise Wrong(line.broken)
        return self.told({name: self._texts(name, given, line.cells) for name, given in self.mapping.fields.items()})

    def told(self, texts: Texts[str, list[str]]) -> Told:
        """Return what is told by these texts of each field. Raises Wrong."""
        match self.mapping.rows:
            case "purchases":
                return self._purchase(texts)
            case "contracts":
                return contract_told(self.cells, texts)
            case "units":
                return unit_told(self.cells, texts)
            case "deliveries":
                return delivery_told(self.cells, texts)
            case _:
                return self._customer(texts)

    def _texts(self, name: str, given: Given, cells: Sequence[str]) -> list[str]:
        """Return what the row says about a field: the texts that say something, translated."""
        if given.constant is not None:
            return [given.constant]
        found = [_clean(cells[at]) for at in self.places[name]]
        said = [each for each in found if each and each not in self.missing]
        if given.values is None:
            return said
        return [each for text in said if (each := _translated(name, given, text)) != UNKNOWN]

    def _customer(self, texts: Texts[str, list[str]]) -> CustomerTold:
        contacts = self._contacts(texts)
        name = self._name(texts)
        external = _first(texts, "id")
        if len(external) > MOST_EXTERNAL:
            raise Wrong("long_id", "id", got=external[:40], most=MOST_EXTERNAL)
        if not name and not contacts:
            raise Wrong("no_name")
        read = self.cells.read
        if not external and not _reached(name, contacts):
            raise Wrong("no_id", "id")
        told = CustomerTold(
            external=external,
            name=name or None,
            kind=read(texts, "kind"),
            address=read(texts, "address"),
            language=read(texts, "language"),
            birth_year=read(texts, "birthday") or read(texts, "birth_year"),
            since=read(texts, "since"),
            timezone=read(texts, "timezone"),
            note="\n".join(texts.get("note", ()))[:4000] or None,
            contacts=contacts or None,
            organisation=_first(texts, "organisation")[:160] or None,
            place=_place(texts),
        )
        return told if external else derived(told)

    def _purchase(self, texts: Texts[str, list[str]]) -> PurchaseTold:
        sku, number = _first(texts, "sku") or _first(texts, "product")[:MOST_SKU], self._number(texts)
        if not sku:
            raise Wrong("no_product", "sku")
        if len(sku) > MOST_SKU:
            raise Wrong("long_sku", "sku", got=sku[:40])
        customer = _first(texts, "customer")
        external = _first(texts, "id") or f"{number}·{sku}"
        for name, text in (("id", external), ("customer", customer)):
            if len(text) > MOST_EXTERNAL:
                raise Wrong("long_id", name, got=text[:40], most=MOST_EXTERNAL)
        money = self.cells.price(texts)
        ordered = self.cells.read(texts, "ordered")
        if ordered is None:
            raise Wrong("no_day", "ordered")
        return PurchaseTold(
            external=external,
            number=number,
            customer=customer,
            buyer=self._buyer(texts, customer),
            sku=sku,
            product=_first(texts, "product")[:200] or None,
            line=_first(texts, "line")[:40] or None,
            price_minor=money.minor,
            currency=money.currency,
            ordered_at=ordered,
            handed_over_at=self.cells.read(texts, "handed_over"),
        )

    def _number(self, texts: Texts[str, list[str]]) -> str:
        """Return the number that customers know a purchase by, as it is kept."""
        number = "".join((_first(texts, "number") or _first(texts, "id")).split()).upper()
        if not number:
            raise Wrong("no_id", "number")
        if len(number) > MOST_NUMBER:
            raise Wrong("long_number", "number", got=number[:40], most=MOST_NUMBER)
        return number

    def _buyer(self, texts: Texts[str, list[str]], customer: str) -> CustomerTold | None:
        """Return who bought, as the row tells; None where it gives their id alone."""
        contacts, name = self._contacts(texts), self._name(texts)
        if not customer and not contacts:
            raise Wrong("no_id", "customer")
        if not contacts:
            return None
        if not customer and not _reached(name, contacts):
            raise Wrong("no_id", "customer")
        told = CustomerTold(customer, name=name or None, contacts=contacts)
        return told if customer else derived(told)

    def _name(self, texts: Texts[str, list[str]]) -> str:
        whole = " ".join(texts.get("name", ()))
        if whole:
            return turned(whole)
        return whole_name(" ".join(texts.get("family_name", ())), " ".join(texts.get("given_name", ())))

    def _contacts(self, texts: Texts[str, list[str]]) -> tuple[Reached, ...]:
        found = [each for name in CONTACTS for text in texts.get(name, ()) for each in self.cells.contacts(name, text)]
        return tuple(dict.fromkeys(found))


def derived(told: CustomerTold) -> CustomerTold:
    """Return somebody to whom the source gives no id, known by all that the row tells.

    So a row that comes again is the same, and one that tells more finds its customer by mail or telephone and adds.
    """
    return replace(told, external=DERIVED + hashlib.blake2s(repr(told).encode(), digest_size=12).hexdigest())


def _reached(name: str, contacts: Sequence[Reached]) -> bool:
    """Whether somebody without an id can be known again: by a mail address, or by a telephone number and a name."""
    return any(kind == "mail" for kind, _network, _value in contacts) or bool(contacts and name)


def _place(texts: Texts[str, list[str]]) -> Place | None:
    lines = ", ".join(texts.get("street", ()))[:300]
    if not lines:
        return None
    country = _first(texts, "country").upper()
    return Place(
        lines,
        _first(texts, "postcode")[:16],
        _first(texts, "city")[:120],
        country if len(country) == 2 and country.isalpha() else "",
    )


def _translated(name: str, given: Given, text: str) -> str:
    assert given.values is not None
    found = given.values.get(text, given.otherwise)
    if found is None:
        raise Wrong("no_such_value", name, got=text[:40])
    return found


def _first(texts: Texts[str, list[str]], name: str) -> str:
    return next(iter(texts.get(name, ())), "")


def _clean(text: str) -> str:
    """Return a cell without what no database keeps, its letters put together (old files write marks apart)."""
    plain = text.replace("\x00", "").strip()
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


def example(told: Told) -> dict[str, Any]:
    """Return what a row became, for a preview: only what is told."""
    return {name: value for name in told.__slots__ if (value := getattr(told, name)) not in (None, "", ())}
