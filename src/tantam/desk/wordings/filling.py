"""What stands in a wording's places to begin with: what colleagues put there the last time, or what its name says."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.desk.accounts.models import Person
from tantam.desk.cases import macros
from tantam.desk.cases.models import Case
from tantam.desk.plans import RunningPlan
from tantam.desk.wordings.models import Wording
from tantam.desk.wordings.told import Place, places_of
from tantam.folding import folded

SOURCES = ("name", "customer", "agent", "company", "reference", "subject", "product", "order", "due", "link")
FIRST = "1"  # the first place that has only a number: nearly everywhere it is the name
NAMES = {  # words in a place's name that say what is meant, the first that fits counts
    "order": ("order", "purchase", "invoice", "don_hang", "hoa_don", "bestell", "rechnung", "auftrag"),
    "reference": ("reference", "case", "ticket", "phieu", "vorgang", "ma_yeu_cau", "request"),
    "product": ("product", "san_pham", "produkt", "item", "model"),
    "company": ("company", "shop", "brand", "cong_ty", "cua_hang", "firma"),
    "agent": ("agent", "staff", "nhan_vien", "mitarbeiter"),
    "due": ("due", "date", "time", "ngay", "thoi_gian", "gio", "datum", "termin"),
    "link": ("link", "url", "page", "trang"),
    "subject": ("subject", "topic", "noi_dung", "betreff", "anliegen"),
    "name": ("name", "customer", "ten", "khach", "kunde"),
}


def known_of(case: Case, person: Person, plan: RunningPlan) -> dict[str, str]:
    """Return what each of SOURCES is in this case, in the customer's language, on one line; "" for what none knows."""
    said = macros.places(case, person, plan, case.language)
    said |= {"customer": "" if case.customer.is_nameless else case.customer.name}
    said |= {
        "name": "" if case.customer.is_nameless else said["name"],
        "order": case.purchase.number if case.purchase else "",
    }
    return {each: " ".join(said[each].split()) for each in SOURCES}


def first_values(wording: Wording, known: Mapping[str, str]) -> dict[str, str]:
    """Return {place: what stands there to begin with}; "" where nobody can tell. known: of `known_of`."""
    fills = dict(wording.fills)
    return {each.name: _value(each, fills, known) for each in places_of(wording.places)}


def remembered(values: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return which of SOURCES a colleague put at each place, as far as it is told by what they put there."""
    by_words = {known[each]: each for each in reversed(SOURCES) if known.get(each)}
    return {place: by_words[words] for place, words in values.items() if words in by_words}


def _value(place: Place, fills: Mapping[str, str], known: Mapping[str, str]) -> str:
    source = fills.get(place.name) or _meant(place.name)
    return known.get(source, "")[: place.most]


def _meant(name: str) -> str:
    """Return which of SOURCES a place's name speaks of, "" for none."""
    plain = folded(name).replace("-", "_")
    if plain == FIRST:
        return "name"
    return next((source for source, words in NAMES.items() if any(each in plain for each in words)), "")
