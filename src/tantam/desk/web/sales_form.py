"""Reads a quote as a colleague typed it: some lines of what, how many and the price of one, until when, and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money, read
from tantam.desk.common.numbers import whole
from tantam.desk.customers.models import Product
from tantam.desk.customers.terms import read_day
from tantam.desk.plans import RunningPlan
from tantam.desk.sales.quoting import MOST_PIECES, Line, Offer

ROWS = range(1, 6)  # lines of the form
_ALL_DAY = time(23, 59)


def offer(written: Mapping[str, str], plan: RunningPlan, lang: str) -> Offer:
    """Return the quote that was typed. lang: the customer's, for the names of products.

    Raises Refused: quote_line, bad_amount, bad_day.
    """
    return Offer(tuple(_lines(written, plan, lang)), _until(written, plan), written.get("words", ""))


def _lines(written: Mapping[str, str], plan: RunningPlan, lang: str) -> Iterator[Line]:
    """Yield the lines of which something is written. What is a product's number is that product."""
    typed = {row: written.get(f"what-{row}", "").strip() for row in ROWS}
    known = {each.sku.casefold(): each for each in Product.objects.filter(sku__in=_numbers(typed.values()))}
    for row in ROWS:
        price, pieces = (written.get(f"{name}-{row}", "").strip() for name in ("price", "pieces"))
        if not (typed[row] or price):
            continue
        product = known.get(typed[row].casefold())
        number = whole(pieces or "1")
        if number is None:
            raise Refused("quote_line", number=row, most=MOST_PIECES)
        yield Line(product.name(lang) if product else typed[row], number, _price(price, plan), product)


def _numbers(typed: Iterable[str]) -> set[str]:
    return {form for each in typed if each for form in (each, each.upper())}


def _price(written: str, plan: RunningPlan) -> Money:
    found = read(written, plan.currency)
    if found is None:
        raise Refused("bad_amount", currency=plan.currency)
    return found


def _until(written: Mapping[str, str], plan: RunningPlan) -> datetime | None:
    """Return the end of the day that was chosen; None where none was."""
    text = written.get("until", "").strip()
    return datetime.combine(read_day(text), _ALL_DAY, ZoneInfo(plan.timezone)) if text else None
