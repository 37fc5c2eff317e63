"""A row of the log to the cells that the mapping asks for, or to the reason why it is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tantam.history.imports.form import Mapping
from tantam.history.imports.reading import Row
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


@dataclass(slots=True)
class _Cell:
    """A slot at its place in the row, with what was read before."""

    slot: Slot
    at: int
    known: dict[str, str | None | Refused] = field(default_factory=dict)

    def read(self, text: str) -> str | None:
        if text in self.known:
            found = self.known[text]
        else:
            found = self._read(text)
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[text] = found
        if isinstance(found, Refused):
            raise found
        return found

    def _read(self, text: str) -> str | None | Refused:
        try:
            return self.slot.read(text)
        except Refused as refused:
            return refused.with_traceback(None)


class Rows:
    """Reads the rows of one log."""

    def __init__(self, form: Mapping, columns: Sequence[str], slots: Sequence[Slot]) -> None:
        self.source, self.width = form.source, len(columns)
        self.case, self.case_at = form.case, columns.index(form.case)
        self.missing = frozenset(form.missing)
        self.cells = [_Cell(each, columns.index(each.column)) for each in slots]
        self.needs_instant = bool(form.instant)
        self.rejected = [(columns.index(each.column), each) for each in form.reject]
        self.dropped = [(columns.index(each.column), frozenset(each.values)) for each in form.drop]

    def read(self, number: int, row: Row) -> Staged | Rejection | None:
        """Return the row's cells, why it is left out, or None where the mapping drops it knowingly."""
        if (wrong := self._unfit(number, row)) is not None:
            return wrong
        for at, values in self.dropped:
            if row[at].strip() in values:
                return None
        for at, rule in self.rejected:
            if (value := row[at].strip()) in rule.values:
                return Rejection(number, "noise", rule.column, value, {"because": rule.because or "–"})
        key = row[self.case_at].strip()
        if key in self.missing or not key:
            return Rejection(number, "no_case", self.case, key)
        texts: list[str | None] = []
        for cell in self.cells:
            value = row[cell.at].strip()
            if value in self.missing or not value:
                texts.append(None)
                continue
            try:
                texts.append(cell.read(value))
            except Refused as refused:
                return Rejection(number, refused.code, cell.slot.column, value, refused.said)
        if self.needs_instant and texts[0] is None:
            return Rejection(number, "no_instant", self.cells[0].slot.column)
        return number_of(self.source, key), key, number, texts

    def _unfit(self, number: int, row: Row) -> Rejection | None:
        if len(row) != self.width:
            counts = {"count": str(len(row)), "columns": str(self.width)}
            return Rejection(number, "short" if len(row) < self.width else "long", args=counts)
        if "\0" in "".join(row):
            return Rejection(number, "nul")
        return None
