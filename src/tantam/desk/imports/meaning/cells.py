"""One cell in the form that we keep: days, years, kinds, words of address, languages, contacts, prices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from tantam.desk.common import clock
from tantam.desk.common.money import Money
from tantam.desk.customers.address import ADDRESSES
from tantam.desk.customers.contacts import normal_handle, normal_mail, normal_phone
from tantam.desk.customers.traits import EARLIEST_BIRTH
from tantam.desk.imports.meaning.amounts import amount, currency_of
from tantam.desk.imports.meaning.days import Days
from tantam.desk.imports.meaning.form import Formats
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.told import Reached
from tantam.folding import folded

_AND = re.compile(r"[;\n|]")
_OR = re.compile(r"[;\n|/,]")  # a telephone number has none of these
_NUMBER = re.compile(r"\d{4}")
_PHONE_MARKS = "'\u200e\u200f\u202a\u202c"  # before a number that a spreadsheet was to leave alone
_BUSINESS = ("business", "company", "organization", "organisation", "org", "firma", "cong ty", "doanh nghiep")
_PERSON = ("person", "individual", "private", "privat", "ca nhan")
_LANGUAGES = {
    "vietnamese": "vi",
    "tieng viet": "vi",
    "vietnamesisch": "vi",
    "german": "de",
    "deutsch": "de",
    "tieng duc": "de",
    "english": "en",
    "englisch": "en",
    "tieng anh": "en",
}
_SPOKEN = {"anh": "anh", "chi": "chi", "ong": "ong", "ba": "ba", "herr": "herr", "frau": "frau"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the company's plan says about its customers: two letters of its country, its languages, zone, currency."""

    country: str
    languages: tuple[str, ...]
    zone: str
    currency: str


class Cells:
    """Reads the cells of one file."""

    def __init__(self, setting: Setting, days: Days, formats: Formats) -> None:
        self.setting, self.days, self.formats = setting, days, formats

    def read(self, texts: Mapping[str, list[str]], name: str) -> Any:
        """Return the kept form of a field, None where the row says nothing. Raises Wrong."""
        said = texts.get(name)
        if not said:
            return None
        try:
            return _READERS[name](self, said[0])
        except Wrong as wrong:
            raise wrong.of(name) from None

    def contacts(self, name: str, text: str) -> Iterator[Reached]:
        """Yield the contacts in a cell, each in its kept form. Raises Wrong."""
        for part in _parts(name, text):
            if name == "mail":
                kept, network = normal_mail(part), ""
            elif name == "phone":
                kept, network = _phone(part, self.setting.country), ""
            else:
                kept, network = normal_handle(part, name, self.setting.country), name
            kind = name if name in ("mail", "phone") else "handle"
            if not kept:
                raise Wrong(f"bad_{kind}", name, got=part[:60])
            yield kind, network, kept

    def price(self, texts: Mapping[str, list[str]]) -> Money:
        """Return the price of a purchase. Raises Wrong."""
        said = texts.get("price")
        if not said:
            raise Wrong("no_price", "price")
        given = texts.get("currency") or [self.formats.currency or _sign(said[0]) or self.setting.currency]
        try:
            return amount(said[0], currency_of(given[0]), self.formats.decimal)
        except Wrong as wrong:
            raise wrong.of("price") from None

    def _year(self, text: str) -> int:
        year = int(text) if _NUMBER.fullmatch(text) else self.days.day(text).year
        if not EARLIEST_BIRTH <= year <= clock.now().year:
            raise Wrong("bad_year", got=text[:20])
        return year

    def _language(self, text: str) -> str:
        """Return one that the company speaks; its own for any other."""
        plain = folded(text)
        code = _LANGUAGES.get(plain, plain.replace("_", "-").partition("-")[0])
        return code if code in self.setting.languages else self.setting.languages[0]


def _parts(name: str, text: str) -> list[str]:
    return [part for each in (_OR if name == "phone" else _AND).split(text) if (part := each.strip())]


@lru_cache(maxsize=20_000)
def _phone(text: str, country: str) -> str:
    return normal_phone(text.strip(_PHONE_MARKS).removeprefix("tel:"), country)


def _sign(text: str) -> str:
    """Return the currency that an amount itself names, "" for none."""
    found = re.search(r"[₫đĐ€$£¥]|\b[A-Z]{3}\b", text)
    return found[0] if found else ""


def _kind(_cells: Cells, text: str) -> str:
    plain = folded(text)
    if plain in _BUSINESS:
        return "business"
    if plain in _PERSON:
        return "person"
    raise Wrong("unknown_value", got=text[:40])


def _address(_cells: Cells, text: str) -> str | None:
    """Return a form of address; None for what says nothing: it is never guessed."""
    plain = folded(text).rstrip(".")
    if plain.replace(" ", "_") in ADDRESSES:
        return plain.replace(" ", "_")
    return _SPOKEN.get(plain)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _timezone(_cells: Cells, text: str) -> str:
    if text not in _zones():
        raise Wrong("bad_zone", got=text[:40])
    return text


_READERS: dict[str, Any] = {
    "kind": _kind,
    "address": _address,
    "language": Cells._language,
    "birthday": Cells._year,
    "birth_year": Cells._year,
    "since": lambda cells, text: cells.days.day(text),
    "timezone": _timezone,
    "ordered": lambda cells, text: cells.days.instant(text),
    "handed_over": lambda cells, text: cells.days.instant(text),
    "begins": lambda cells, text: cells.days.day(text),
    "ends": lambda cells, text: cells.days.day(text),
    "ended": lambda cells, text: cells.days.day(text),
    "due": lambda cells, text: cells.days.day(text),
    "arrived": lambda cells, text: cells.days.instant(text),
    "called_off": lambda cells, text: cells.days.day(text),
}
