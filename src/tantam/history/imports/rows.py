"""A row of the log to the cells that the mapping asks for, or to the reason why it is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from tantam.history.imports.form import Mapping
from tantam.history.imports.log import Row
from tantam.history.imports.refused import Refused, Rejection
from tantam.history.imports.slots import Slot

REMEMBERED = 50_000  # values a cell; a log repeats itself, so that most are read once
BITS = 62

Staged = tuple[int, str, int, list["str | None"]]  # case_id, key, row number, a text for each slot


@lru_cache(maxsize=REMEMBERED)
def number_of(source: str, key: str, kind: str = "") -> int:
    """Return the number of a case of a log, or of its promise of a kind: below 0, the same whenever it is asked."""
    digest = hashlib.blake2b("\0".join((source, key, kind)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return -1 - (int.from_bytes(digest, "big") >> (64 - BITS))


class _Cell(dict[str, "str | None | Refused"]):
    """What the cells of one slot mean, each read when it is first asked for."""

    def __init__(self, slot: Slot, missing: frozenset[str], refusals: list[Refused]) -> None:
        super().__init__()
        self.slot, self.missing, self.refusals = slot, missing, refusals

    def __missing__(self, cell: str) -> str | None | Refused:
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = found = self._read(cell.strip())
        return found

    def _read(self, text: str) -> str | None | Refused:
        if text in self.missing or not text:
            return None
        try:
            if "\0" in text:
                raise Refused("nul")
            return self.slot.read(text)
        except Refused as refused:
            self.refusals[:] = [refused.with_traceback(None)]
            return refused


class Rows:
    """Reads the rows of one log."""

    def __init__(self, form: Mapping, columns: Sequence[str], slots: Sequence[Slot]) -> None:
        self.source, self.width = form.source, len(columns)
        self.case, self.case_at = form.case, columns.index(form.case)
        self.missing = frozenset(form.missing)
        self.refusals: list[Refused] = []  # the last one; while there is none, no row needs to be looked through
        self.cells = [(columns.index(each.column), _Cell(each, self.missing, self.refusals)) for each in slots]
        self.needs_instant = bool(form.instant)
        self.sold = _Sold(form, columns) if form.sales else None
        self.rejected = [(columns.index(each.column), each) for each in form.reject]
        self.dropped = [(columns.index(each.column), frozenset(each.values)) for each in form.drop]

    def read(self, number: int, row: Row) -> Staged | Rejection | None:
        """Return the row's cells, why it is left out, or None where the mapping drops it knowingly."""
        if len(row) != self.width:
            counts = {"count": str(len(row)), "columns": str(self.width)}
            return Rejection(number, "short" if len(row) < self.width else "long", args=counts)
        for at, values in self.dropped:
            if row[at].strip() in values:
                return None
        for at, rule in self.rejected:
            if (value := row[at].strip()) in rule.values:
                return Rejection(number, "noise", rule.column, value, {"because": rule.because or "–"})
        key = row[self.case_at].strip()
        if key in self.missing or not key:
            return Rejection(number, "no_case", self.case, key)
        if "\0" in key:
            return Rejection(number, "nul", self.case, key)
        texts = [cell[row[at]] for at, cell in self.cells]
        if self.refusals and (wrong := self._refused(number, row, texts)) is not None:
            return wrong
        if self.needs_instant and texts[0] is None:
            return Rejection(number, "no_instant", self.cells[0][1].slot.column)
        if self.sold is not None:
            key = self.sold.key(key, row)
        return number_of(self.source, key), key, number, texts  # type: ignore[return-value]

    def _refused(self, number: int, row: Row, texts: Sequence[object]) -> Rejection | None:
        for (at, cell), text in zip(self.cells, texts, strict=True):
            if isinstance(text, Refused):
                return Rejection(number, text.code, cell.slot.column, row[at].strip(), text.said)
        return None


class _Sold:
    """Which lines of a sale belong together: those of one customer and one product."""

    def __init__(self, form: Mapping, columns: Sequence[str]) -> None:
        assert form.sales is not None
        self.product_at = columns.index(form.sales.product)
        self.customer_at = columns.index(form.head.customer.column) if form.head.customer.column else None
        self.missing = frozenset(form.missing)

    def key(self, number: str, row: Row) -> str:
        """Return it; where nobody knows the customer, the lines of one invoice and one product."""
        customer = "" if self.customer_at is None else row[self.customer_at].strip()
        whose = number if not customer or customer in self.missing else customer
        return f"{whose} / {row[self.product_at].strip()}"
