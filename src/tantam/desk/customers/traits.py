"""Reads what is written about a customer: each field with its own reason for what it does not take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

from tantam.desk import plans
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.address import ADDRESSES
from tantam.desk.customers.models import Customer
from tantam.desk.customers.newcomers import kept_name
from tantam.desk.plans.care import departments

MOST_NOTE = 4000
EARLIEST_BIRTH = 1900
_ANSWERS = {"": None, "yes": True, "no": False}


class Unread(Exception):
    """What was written cannot be kept. refusals: by the field's name, all of them at once."""

    def __init__(self, refusals: Mapping[str, Refused]) -> None:
        self.refusals = dict(refusals)
        super().__init__(", ".join(self.refusals))


def read(written: Mapping[str, str]) -> dict[str, Any]:
    """Return {field of Customer: value}, of what was written as text. Raises Unread.

    Fields: name, kind, language, address, birth_year, lives_alone, note, timezone, internal, department.
    """
    found: dict[str, Any] = {}
    refusals: dict[str, Refused] = {}
    for name, text in written.items():
        try:
            found[name] = _READERS[name](text.replace("\x00", "").strip())
        except Refused as refused:
            refusals[name] = refused
    if refusals:
        raise Unread(refusals)
    return found


def _name(text: str) -> str:
    if not kept_name(text):
        raise Refused("no_name")
    return kept_name(text)


def _birth_year(text: str) -> int | None:
    if not text:
        return None
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    if not EARLIEST_BIRTH <= year <= clock.now().year:
        raise Refused("bad_year", got=text[:20])
    return year


def _note(text: str) -> str:
    if len(text) > MOST_NOTE:
        raise Refused("too_long", most=MOST_NOTE)
    return text


def _timezone(text: str) -> str:
    return _one_of(text, {"", *available_timezones()})


def _language(text: str) -> str:
    return _one_of(text, plans.in_force().languages)


def _department(text: str) -> str:
    return _one_of(text, {"", *(each.name for each in departments(plans.in_force(), ""))})


def _one_of(text: str, allowed: Any) -> str:
    if text not in allowed:
        raise Refused("unknown_value", got=text[:40])
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "name": _name,
    "kind": lambda text: _one_of(text, (Customer.Kind.PERSON.value, Customer.Kind.BUSINESS.value)),
    "language": _language,
    "address": lambda text: _one_of(text, ("", *ADDRESSES)),
    "birth_year": _birth_year,
    "lives_alone": lambda text: _ANSWERS[_one_of(text, _ANSWERS)],
    "note": _note,
    "timezone": _timezone,
    "internal": lambda text: _one_of(text, ("", "yes")) == "yes",
    "department": _department,
}
