"""Why a row is not taken: a code with its arguments, put into words only where people read it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.errors import SENTENCES

WRONGS: dict[str, str | Promise] = {
    "short": _("The row has too few cells. Look for a line break or a delimiter that is missing."),
    "long": _("The row has too many cells. Put what holds a delimiter into quotes."),
    "open_quote": _("A quote is opened and never closed. Close it, or double it inside the cell."),
    "open_card": _("The card is never closed. Write END:VCARD behind it."),
    "too_long": _("The row is too long to be one person or one purchase."),
    "letters": _("The row holds letters that cannot be read. Save the file as UTF-8."),
    "no_id": _("Nothing says who this is. Give an id, or a mail address, or a telephone number with a name."),
    "no_name": _("There is neither a name nor a way to reach them."),
    "long_id": _("The id “%(got)s…” is longer than %(most)s characters."),
    "bad_mail": _("“%(got)s” is no mail address."),
    "bad_phone": _("“%(got)s” is no telephone number."),
    "bad_handle": _("“%(got)s” is no name in that network."),
    "bad_date": _("“%(got)s” is no day that can be read. Write it like 2026-03-31."),
    "which_order": _("“%(got)s” may be two days. Say what stands first, the day or the month."),
    "bad_year": _("“%(got)s” is no year of birth."),
    "bad_amount": _("“%(got)s” is no amount of %(currency)s."),
    "bad_currency": _("“%(got)s” is no currency. Write three letters, like VND or EUR."),
    "no_such_value": _("“%(got)s” is not among what the mapping translates."),
    "unknown_value": _("“%(got)s” cannot be chosen here."),
    "bad_zone": _("“%(got)s” is no time zone. Write one such as Asia/Ho_Chi_Minh."),
    "unknown_customer": _("Nobody is known as “%(got)s” there. Take in the customers first."),
    "other_customer": _("The purchase “%(got)s” belongs to another customer here."),
    "no_product": _("The row names no product."),
    "long_sku": _("“%(got)s” is too long for the number of a product."),
    "no_price": _("The row names no price."),
    "no_day": _("The row does not say when it was ordered."),
    "number_taken": _("The purchase number “%(got)s” belongs to another purchase."),
    "long_number": _("The purchase number “%(got)s” is longer than %(most)s characters."),
    "twice": _("The same id stands in an earlier row and says something else. Keep one of them."),
    "own": _("This is one of our own departments or colleagues, whom no import changes."),
    "no_begin": _("The row does not say from which day the contract counts."),
    "bad_promise": _("“%(got)s” is no promise. Write it like first_reply: 4 h, or repair/urgent: 2 working days."),
    "other_contract": _("The contract “%(got)s” is with another customer here."),
    "no_purchase": _("The row does not say with which purchase the thing was bought."),
    "unknown_purchase": _("No purchase is known as “%(got)s” there. Take in the purchases first."),
    "other_product": _("“%(got)s” is not what was bought there."),
    "no_due": _("The row does not say by which day it is to arrive."),
    "other_delivery": _("The delivery “%(got)s” belongs to another purchase here."),
    "not_kept": _("The database did not take this row."),
}

_OF_PAGES = ("bad_count", "bad_within", "bad_serial", "contract_known", "contract_without_end", "ends_before")
_OF_LISTS = ("no_contract_number", "promised_twice", "serial_taken", "unknown_product", "unknown_promise")
_OF_DELIVERIES = ("before_order", "day_to_come", "delivery_ended", "delivery_known", "too_far")
_AS_PAGES_SAY = (*_OF_PAGES, *_OF_LISTS, *_OF_DELIVERIES, "unknown_severity")
WRONGS |= {code: SENTENCES[code] for code in _AS_PAGES_SAY}
WRONGS |= {"long_text": SENTENCES["too_long"]}


class Wrong(Exception):
    """A row, or a cell, that cannot be kept. code: of WRONGS. field: which one, "" for the whole row."""

    def __init__(self, code: str, field: str = "", **args: Any) -> None:
        super().__init__(code)
        self.code, self.field, self.args_said = code, field, {name: str(value) for name, value in args.items()}

    def of(self, field: str) -> Wrong:
        """Return the same of a field."""
        return Wrong(self.code, self.field or field, **self.args_said)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not taken. row: of the file. field: of ours; column: of the file; "" for the whole row."""

    row: int
    code: str
    field: str = ""
    args: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def sentence(self) -> str:
        """Return why, in the active language."""
        return sentence(self.code, self.args)


def sentence(code: str, args: Mapping[str, str]) -> str:
    """Return the sentence of a code of WRONGS, in the active language."""
    return str(WRONGS[code]) % dict(args)
