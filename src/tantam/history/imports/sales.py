"""The lines of one customer and one product to purchases, and to a case for each that came back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from tantam.history.imports.cases import Case, Event, Head, Reject
from tantam.history.imports.facts import Known
from tantam.history.imports.happenings import CaseRow
from tantam.history.imports.mapping import Mapped
from tantam.history.imports.refused import Rejection
from tantam.history.imports.rows import number_of
from tantam.history.imports.slots import Slot
from tantam.plan.errors import BadFact
from tantam.plan.run import fact_text, read_fact
from tantam.plan.sections.clauses import TermClause
from tantam.plan.tables.values import minor_digits

JSON = json.JSONEncoder(ensure_ascii=False).encode
NEEDED = ("number", "product", "quantity", "price")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line. units: above 0. price: of one. instant: ISO in UTC."""

    row: CaseRow
    number: str
    product: str
    units: int
    price: Decimal
    back: bool

    @property
    def paid(self) -> Decimal:
        return self.units * self.price


@dataclass(slots=True)
class _Bought:
    """A purchase. left: units that did not come back yet."""

    number: str
    line: _Line
    left: int


class Sales:
    """Makes purchases and returns of the sorted lines of one log.

    What came back belongs to the latest earlier purchase of the same customer and product of which so many units are
    left; where there is none, nobody knows its purchase.
    """

    def __init__(self, mapping: Mapped, slots: Sequence[Slot], reject: Reject) -> None:
        sales = mapping.form.sales
        assert sales is not None
        self.form, self.reject, self.plan, self.back = mapping.form, reject, mapping.plan, sales.back
        self.known = Known(mapping, slots)
        self.at = {
            each.name.removeprefix("sales."): at for at, each in enumerate(slots) if each.name.startswith("sales.")
        }
        self.columns = {each.name.removeprefix("sales."): each.column for each in slots}
        self.currency = mapping.plan.currency
        self.scale = Decimal(10) ** minor_digits(self.currency)
        paths = {clause.since or clause.source: clause for clause in mapping.plan.terms.values()}
        self.age = paths.get("purchase.handed_over")
        self.told = {
            path: paths[path] for path in ("purchase.price", "purchase.number", "product.sku") if path in paths
        }

    def cases(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[Case]:
        """Yield a case for each purchase, with the event `bought` alone, and one for each line that came back."""
        for _, same in groupby(rows, key=itemgetter(0, 1)):
            bought: list[_Bought] = []
            numbers: Counter[str] = Counter()
            for each in same:
                line = self._line(CaseRow(each[2], each[3], each[3:]))
                if line is None:
                    continue
                number = self._number(numbers, line)
                if line.back:
                    yield self._returned(number, line, self._purchase(bought, line))
                else:
                    bought.append(_Bought(number, line, line.units))
                    yield self._bought(number, line)

    def _line(self, row: CaseRow) -> _Line | None:
        """Return what a row says, None where it was rejected."""
        texts = {name: row.texts[at] for name, at in self.at.items()}
        for name in NEEDED:
            if texts[name] is None:
                self.reject(Rejection(row.row, "lacking", self.columns[name]))
                return None
        units, back = int(str(texts["quantity"])), texts["back"] == "yes"
        if back == (units > 0) or not units:
            code = "no_sale" if back else "no_return"
            self.reject(Rejection(row.row, code, self.columns["quantity"], str(units)))
            return None
        return _Line(row, str(texts["number"]), str(texts["product"]), abs(units), Decimal(str(texts["price"])), back)

    def _number(self, numbers: Counter[str], line: _Line) -> str:
        """Return invoice and product, and which of them it is where an invoice names the product more than once."""
        number = f"{line.number}/{line.product}"
        numbers[number] += 1
        return number if numbers[number] == 1 else f"{number}/{numbers[number]}"

    def _purchase(self, bought: list[_Bought], line: _Line) -> _Bought | None:
        found = next((each for each in reversed(bought) if each.left >= line.units), None)
        if found is not None:
            found.left -= line.units
        return found

    def _bought(self, number: str, line: _Line) -> Case:
        customer = self.known.of_head("customer", [line.row])
        head = Head(line.product, customer, number, None, None, None, None, None, None, "{}")
        event = Event("bought", line.row.instant, "customer", minor=self._minor(line.paid), currency=self.currency)
        return Case(number_of(self.form.source, number, "bought"), head, [event], frozenset())

    def _returned(self, number: str, line: _Line, purchase: _Bought | None) -> Case:
        rows, opened = [line.row], line.row.instant
        facts = self.known.facts(rows, opened) | self._of_the_sale(line, purchase)
        told = {
            name: self.known.of_head(name, rows)
            for name in ("customer", "channel", "topic", "stage", "severity", "language")
        }
        groups = self.known.groups_then(facts, rows, opened)
        head = Head(
            reference=number, purchase=purchase.number if purchase else None, groups=groups, facts=JSON(facts), **told
        )
        granted = Event(
            "granted",
            opened,
            "plan",
            policy=self.back.policy,
            outcome=self.back.outcome,
            minor=self._minor(line.paid),
            currency=self.currency,
        )
        events = [
            Event("opened", opened, "customer", level=self.known.in_row("level", line.row)),
            granted,
            Event("resolved", opened, "plan"),
        ]
        return Case(number_of(self.form.source, number, "back"), head, events, frozenset(facts))

    def _of_the_sale(self, line: _Line, purchase: _Bought | None) -> dict[str, str]:
        """Return the terms that the sale answers: of a purchase that nobody knows, those of its product alone."""
        paid = line.units * purchase.line.price if purchase else line.paid
        values = {
            "purchase.price": f"{self._minor(paid) / self.scale} {self.currency}",
            "purchase.number": purchase and purchase.number,
            "product.sku": line.product,
        }
        found = {clause.name: text for path, clause in self.told.items() if (text := values[path])}
        if self.age is not None and purchase is not None:
            found[self.age.name] = self._age(self.age, purchase.line.row.instant, line.row.instant)
        return {term: text for term, text in found.items() if text}

    def _age(self, term: TermClause, bought: str, now: str) -> str:
        try:
            fact = read_fact(
                self.plan, term.name, f"{bought}+00:00", now=datetime.fromisoformat(now).replace(tzinfo=UTC)
            )
        except BadFact:
            return ""
        return fact_text(self.plan, term.name, fact)

    def _minor(self, amount: Decimal) -> int:
        return int((amount * self.scale).to_integral_value(ROUND_HALF_UP))
