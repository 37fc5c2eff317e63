"""What in words that everybody will read is nobody else's business: numbers, addresses, amounts, whole names."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models import Case
from tantam.desk.customers.address import name_of

MOST_GAP = r"[\s.\-/]?"
_DIGITS = re.compile(rf"\d(?:{MOST_GAP}\d){{4,}}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w")
_AMOUNT = re.compile(
    r"(?:[$€₫£]\s?\d)|\d[\d.,\s]*\s?(?:[$€₫£]|(?:đ|vnd|vnđ|eur|euro|usd|đồng|dong|nghìn|ngàn|triệu|k|tr)\b)", re.I
)
_PLACE = re.compile(
    r"\b(?:số nhà|số|ngõ|ngách|hẻm)\s+\d{1,3}\b|\b(?:đường|phố|phường|quận)\s+\w+"
    r"|\b\w+(?:straße|strasse|str\.|weg|platz|allee)\s+\d+"
    r"|\b\d+\w?\s+(?:\w+\s){1,3}(?:street|st|road|rd|avenue|ave|lane)\b",
    re.I,
)
_REFERENCE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{3}\b")

WORDS = {
    "number": _("a number"),
    "mail": _("a mail address"),
    "amount": _("an amount"),
    "place": _("an address"),
    "name": _("a whole name"),
    "case": _("the number of a case"),
}


def found_in(text: str, case: Case) -> tuple[str, ...]:
    """Return the codes of WORDS that a text in public holds, in their order; () for one that everybody may read."""
    place = _PLACE.search(text) or any(each and each.casefold() in text.casefold() for each in _lines_of(case))
    held = {
        "number": _DIGITS.search(_AMOUNT.sub(" ", text)),
        "mail": _MAIL.search(text),
        "amount": _AMOUNT.search(text),
        "place": place,
        "name": _names(text, case),
        "case": case.reference in text or case.link_key in text or _REFERENCE.search(text),
    }
    return tuple(code for code in WORDS if held[code])


def _lines_of(case: Case) -> list[str]:
    """Return the lines of the customer's addresses that are long enough to be told from other words."""
    places = case.customer.places.all()
    return [line.strip() for each in places for line in each.lines.splitlines() if len(line.strip()) > 7]


def _names(text: str, case: Case) -> bool:
    """Whether the customer's name stands there with more than one of its parts."""
    name = " ".join(name_of(case.customer).split()).casefold()
    return " " in name and name in " ".join(text.split()).casefold()
