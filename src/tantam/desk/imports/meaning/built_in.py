"""What the columns of other programs' exports mean, by their documented names; and of sheets that anybody writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tantam.desk.imports.meaning.form import FIELDS
from tantam.folding import folded

CUSTOMERS, PURCHASES, CONTRACTS, UNITS, DELIVERIES = "customers", "purchases", "contracts", "units", "deliveries"


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """An export that is known. name: of the system. signs: columns that all stand in it. fields: as a mapping has them.

    constants: fields that are the same in every row. dates: what stands first, where the program is known for it.
    """

    name: str
    signs: tuple[str, ...]
    fields: Mapping[str, Sequence[str]]
    rows: str = CUSTOMERS
    dates: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)


KNOWN = (
    BuiltIn(
        "zendesk",
        ("name", "email", "external_id", "role", "organization"),
        {
            "id": ("id", "external_id"),
            "name": ("name",),
            "mail": ("email",),
            "phone": ("phone",),
            "organisation": ("organization",),
            "language": ("locale",),
            "note": ("details", "notes"),
            "since": ("created_at",),
        },
    ),
    BuiltIn(
        "zammad",
        ("login", "firstname", "lastname", "email"),
        {
            "id": ("id", "login"),
            "family_name": ("lastname",),
            "given_name": ("firstname",),
            "mail": ("email",),
            "phone": ("phone", "mobile"),
            "organisation": ("organization",),
            "street": ("street",),
            "postcode": ("zip",),
            "city": ("city",),
            "country": ("country",),
            "note": ("note",),
            "since": ("created_at",),
        },
    ),
    BuiltIn(
        "hubspot",
        ("Record ID", "First Name", "Last Name"),
        {
            "id": ("Record ID",),
            "family_name": ("Last Name",),
            "given_name": ("First Name",),
            "mail": ("Email",),
            "phone": ("Phone Number", "Mobile Phone Number"),
            "organisation": ("Associated Company", "Company Name"),
            "address": ("Salutation",),
            "birthday": ("Date of birth",),
            "language": ("Preferred language",),
            "street": ("Street Address",),
            "postcode": ("Postal Code",),
            "city": ("City",),
            "country": ("Country/Region",),
            "since": ("Create Date",),
        },
    ),
    BuiltIn(
        "freshdesk",
        ("Full name", "Email", "Work phone"),
        {
            "id": ("Contact ID", "Unique external ID"),
            "name": ("Full name",),
            "mail": ("Email", "Additional emails"),
            "phone": ("Work phone", "Mobile phone"),
            "organisation": ("Company",),
            "street": ("Address",),
            "language": ("Language",),
            "note": ("About",),
        },
    ),
    BuiltIn(
        "osticket",
        ("Name", "Organization", "Email", "Phone Number"),
        {
            "name": ("Name",),
            "organisation": ("Organization",),
            "mail": ("Email",),
            "phone": ("Phone Number",),
            "note": ("Internal Notes",),
        },
    ),
    BuiltIn(
        "vcard",
        ("UID", "FN", "FAMILY", "GIVEN", "EMAIL", "TEL"),
        {
            "id": ("UID",),
            "name": ("FN",),
            "mail": ("EMAIL",),
            "phone": ("TEL",),
            "organisation": ("ORG",),
            "birthday": ("BDAY",),
            "street": ("STREET",),
            "postcode": ("POSTCODE",),
            "city": ("CITY",),
            "country": ("COUNTRY",),
            "language": ("LANG",),
            "note": ("NOTE",),
        },
    ),
)

# Folded names of columns that people give them in Vietnamese, German and English.
SPOKEN: dict[str, dict[str, tuple[str, ...]]] = {
    CUSTOMERS: {
        "id": (
            "id",
            "customer id",
            "kundennummer",
            "kunden nr",
            "kundennr",
            "ma khach hang",
            "ma kh",
            "customer number",
        ),
        "name": ("name", "full name", "customer", "customer name", "kunde", "ho ten", "ho va ten", "ten khach hang"),
        "family_name": ("last name", "surname", "family name", "nachname", "ho", "lastname"),
        "given_name": ("first name", "given name", "vorname", "ten", "ten dem va ten", "firstname"),
        "mail": ("mail", "email", "e mail", "email address", "mailadresse", "thu dien tu"),
        "phone": (
            "phone",
            "telephone",
            "telefon",
            "mobile",
            "mobil",
            "handy",
            "dien thoai",
            "so dien thoai",
            "sdt",
            "di dong",
            "phone number",
            "telefonnummer",
        ),
        "zalo": ("zalo",),
        "whatsapp": ("whatsapp",),
        "organisation": ("company", "organisation", "organization", "firma", "cong ty", "don vi"),
        "address": ("salutation", "anrede", "xung ho", "danh xung"),
        "birthday": ("birthday", "date of birth", "birth date", "geburtstag", "geburtsdatum", "ngay sinh"),
        "birth_year": ("birth year", "year of birth", "geburtsjahr", "nam sinh"),
        "language": ("language", "sprache", "ngon ngu"),
        "since": ("since", "customer since", "kunde seit", "khach hang tu", "ngay tao", "created", "angelegt am"),
        "street": ("street", "strasse", "address", "adresse", "anschrift", "dia chi"),
        "postcode": ("postcode", "zip", "postal code", "plz", "ma buu chinh"),
        "city": ("city", "town", "ort", "stadt", "thanh pho", "tinh thanh"),
        "country": ("country", "land", "quoc gia"),
        "note": ("note", "notes", "notiz", "bemerkung", "ghi chu"),
        "timezone": ("time zone", "timezone", "zeitzone", "mui gio"),
    },
    PURCHASES: {
        "id": ("id", "line id", "item id"),
        "number": (
            "number",
            "order",
            "order number",
            "order id",
            "invoice",
            "bestellnummer",
            "auftragsnummer",
            "rechnungsnummer",
            "ma don hang",
            "so don hang",
            "ma don",
            "so hoa don",
        ),
        "customer": ("customer id", "customer number", "kundennummer", "kunden nr", "ma khach hang", "ma kh"),
        "name": ("name", "customer", "customer name", "kunde", "ho ten", "ten khach hang"),
        "mail": ("mail", "email", "e mail"),
        "phone": ("phone", "telephone", "telefon", "dien thoai", "so dien thoai", "sdt"),
        "sku": ("sku", "article", "article number", "artikelnummer", "stockcode", "ma san pham", "ma hang"),
        "product": ("product", "product name", "description", "artikel", "produkt", "ten san pham", "san pham"),
        "line": ("line", "category", "warengruppe", "kategorie", "nhom hang", "danh muc"),
        "price": ("price", "amount", "total", "preis", "betrag", "gia", "don gia", "thanh tien", "so tien"),
        "currency": ("currency", "waehrung", "wahrung", "tien te", "don vi tien"),
        "ordered": ("ordered", "order date", "date", "bestelldatum", "datum", "ngay dat", "ngay mua", "ngay dat hang"),
        "handed_over": ("handed over", "delivered", "delivery date", "lieferdatum", "ngay giao", "ngay giao hang"),
    },
    CONTRACTS: {
        "id": ("id", "contract id"),
        "contract": (
            "contract",
            "contract number",
            "number",
            "vertragsnummer",
            "vertrag",
            "so hop dong",
            "ma hop dong",
        ),
        "customer": ("customer id", "customer number", "customer", "kundennummer", "ma khach hang", "ma kh"),
        "begins": ("begins", "start", "start date", "beginn", "vertragsbeginn", "ngay bat dau", "tu ngay"),
        "ends": ("ends", "end", "end date", "ende", "vertragsende", "ngay ket thuc", "den ngay"),
        "renews_months": ("renews months", "renewal months", "verlangerung monate", "so thang gia han"),
        "notice_days": ("notice days", "kundigungsfrist tage", "so ngay bao truoc"),
        "products": ("products", "skus", "artikelnummern", "ma san pham"),
        "site": ("site", "place", "standort", "dia diem"),
        "promise": ("promises", "promise", "zusagen", "cam ket"),
        "terms": ("terms", "note", "notes", "bemerkung", "ghi chu"),
    },
    UNITS: {
        "id": ("id", "unit id"),
        "serial": ("serial", "serial number", "seriennummer", "so seri", "so may", "imei"),
        "purchase": ("purchase", "purchase id", "order", "order number", "bestellnummer", "ma don hang", "so don hang"),
        "sku": ("sku", "article", "article number", "artikelnummer", "ma san pham", "ma hang"),
        "handed_over": ("handed over", "delivered", "delivery date", "lieferdatum", "ngay giao", "ngay giao hang"),
    },
    DELIVERIES: {
        "id": ("id", "delivery id", "shipment id"),
        "purchase": ("purchase", "purchase id", "order", "order number", "bestellnummer", "ma don hang", "so don hang"),
        "delivery": ("number", "delivery", "delivery number", "shipment", "lieferung", "liefernummer", "so phieu giao"),
        "due": ("due", "promised", "promised date", "liefertermin", "zugesagt", "hen giao", "ngay hen giao"),
        "arrived": ("arrived", "delivered", "delivery date", "geliefert", "lieferdatum", "ngay giao", "da giao"),
        "tracking": ("tracking", "tracking number", "sendungsnummer", "ma van don", "so van don"),
        "carrier": ("carrier", "spediteur", "zusteller", "don vi van chuyen", "hang van chuyen"),
        "called_off": ("called off", "cancelled", "storniert", "abgesagt", "ngay huy"),
        "reason": ("reason", "grund", "ly do"),
    },
}

_NEED = {CONTRACTS: {"contract", "begins"}, UNITS: {"serial", "purchase"}, DELIVERIES: {"purchase", "due"}}


def known_by(columns: Sequence[str]) -> BuiltIn | None:
    """Return the export that has these columns, the one with the most signs if several; None for none."""
    found = [each for each in KNOWN if set(each.signs) <= set(columns)]
    return max(found, key=lambda each: len(each.signs), default=None)


def fields_of(built_in: BuiltIn, columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return which columns of a file tell each field of a known export. Of ids the first that there is counts."""
    there = set(columns)
    found = {name: tuple(each for each in named if each in there) for name, named in built_in.fields.items()}
    return {name: (named[:1] if name == "id" else named) for name, named in found.items() if named}


def spoken(rows: str, columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return which columns probably tell each field, by their names in any of our languages. rows: of FIELDS."""
    meant = {word: name for name, said in SPOKEN[rows].items() for word in said}
    found: dict[str, tuple[str, ...]] = {}
    for column in columns:
        name = meant.get(plain(column))
        if name is not None and (name not in found or name == "phone"):
            found[name] = (*found.get(name, ()), column)
    return {name: found[name] for name in FIELDS[rows] if name in found}


def plain(column: str) -> str:
    """Return a column's name folded, its words parted by one space: `E-Mail` is e mail, `Straße` strasse."""
    return " ".join("".join(each if each.isalnum() else " " for each in folded(column)).split())


def likely_rows(columns: Sequence[str]) -> str:
    """Return what the rows of a file with these columns probably are."""
    bought = spoken(PURCHASES, columns)
    if "price" in bought and ("sku" in bought or "product" in bought):
        return PURCHASES
    return next((rows for rows, needs in _NEED.items() if needs <= spoken(rows, columns).keys()), CUSTOMERS)
