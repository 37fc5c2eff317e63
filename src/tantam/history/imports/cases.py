"""The rows of one case to its events."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from tantam.history.imports import cells
from tantam.history.imports.facts import Known, RowRefused
from tantam.history.imports.happenings import CaseRow, Happening, Signs
from tantam.history.imports.instants import Instants
from tantam.history.imports.mapping import Mapped
from tantam.history.imports.refused import Rejection
from tantam.history.imports.rows import number_of
from tantam.history.imports.slots import HEAD, Slot

MOST_ROWS = 10_000  # of one case; so many are held at once
WITH_LEVEL = ("taken", "handed_over", "escalated")
JSON = json.JSONEncoder(ensure_ascii=False).encode
Reject = Callable[[Rejection], None]


class Event(NamedTuple):
    """One event, in the columns that every event may fill. instant, due: ISO in UTC, as text they sort by time."""

    code: str
    instant: str
    actor: str
    person: str | None = None
    level: str | None = None
    owner: str | None = None
    reason: str | None = None
    promise: int | None = None
    kind: str | None = None
    clock: str | None = None
    due: str | None = None
    policy: str | None = None
    outcome: str | None = None
    minor: int | None = None
    currency: str | None = None


class Head(NamedTuple):
    """What only the event `opened` tells of a case. groups: with cells.PARTS between; facts: JSON."""

    reference: str | None
    customer: str | None
    purchase: str | None
    channel: str | None
    topic: str | None
    stage: str | None
    severity: str | None
    language: str | None
    groups: str | None
    facts: str


class Case(NamedTuple):
    """One case of the log: its events by id, `opened` first, and the terms that are known of it."""

    case_id: int
    head: Head
    events: list[Event]
    known: frozenset[str]


class Cases:
    """Makes cases of the sorted rows of one log."""

    def __init__(self, mapping: Mapped, slots: Sequence[Slot], reject: Reject) -> None:
        self.form, self.reject = mapping.form, reject
        self.signs, self.known = Signs(mapping.form, slots), Known(mapping, slots)
        self.at = {each.name: index for index, each in enumerate(slots)}
        self.columns = {each.name: each.column for each in slots}
        self.opened_at = self.at.get("at.opened")
        self.day = cells.instant(Instants((), mapping.form.zone))(mapping.form.day) if mapping.form.day else None
        # Instants that a column gives: none may lie before the case was opened.
        self.later = [(at, name) for name, at in self.at.items() if name.startswith("at.") and name != "at.opened"]
        self.reason = (self.form.events.escalated.reason or None) if self.form.events.escalated else None

    def cases(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[Case]:
        """Yield each case of which a row can stand. rows: case_id, key, row, then the slots, sorted by staging."""
        for case_id, same in groupby(rows, key=itemgetter(0)):
            keys = groupby(same, key=itemgetter(1))
            key, found = next(keys)
            case = self._case(case_id, key, self._fitting(key, found))
            if case is not None:
                yield case
            for other, those in keys:  # another key with the same number
                for each in those:
                    self.reject(Rejection(each[2], "same_id", self.form.case, other, {"other": key}))

    def _fitting(self, key: str, found: Iterator[tuple[Any, ...]]) -> list[CaseRow]:
        """Return the rows of a case that may stand in it, by themselves."""
        rows: list[CaseRow] = []
        for each in found:
            number, texts = each[2], each[3:]
            instant = self._instant(texts)
            if instant is None:
                self.reject(Rejection(number, "no_instant", self.columns.get("at.opened", self.form.case)))
            elif rows and self.form.rows == "cases":
                self.reject(Rejection(number, "second_row", self.form.case, key))
            elif len(rows) >= MOST_ROWS:
                self.reject(Rejection(number, "many_rows", self.form.case, key, {"most": str(MOST_ROWS)}))
            else:
                rows.append(CaseRow(number, instant, texts))
        return rows

    def _instant(self, texts: Sequence[str | None]) -> str | None:
        """Return when a row was: of a whole case without an instant, the last that its columns give."""
        if self.form.instant:
            return texts[0]
        if self.day is not None:
            return self.day
        given = [text for name, at in self.at.items() if name.startswith("at.") and (text := texts[at]) is not None]
        return max(given, default=None)

    def _case(self, case_id: int, key: str, rows: list[CaseRow]) -> Case | None:
        """Return the case, None if no row of it can stand."""
        while rows:
            opened = self._opened(rows)
            rows = self._since(opened, rows)
            if not rows:
                break
            try:
                facts = self.known.facts(rows, opened)
            except RowRefused as refused:
                why = refused.why
                self.reject(Rejection(refused.row.row, why.code, refused.column, refused.value, why.said))
                rows = [each for each in rows if each is not refused.row]
                continue
            leap = self.signs.too_far(rows)
            if leap is not None:
                self.reject(leap)
                rows = [each for each in rows if each.row != leap.row]
                continue
            happened = self.signs.happenings(rows)
            head = self._head(key, rows, opened, facts)
            return Case(case_id, head, self._events(key, rows, opened, happened), frozenset(facts))
        return None

    def _opened(self, rows: Sequence[CaseRow]) -> str:
        given = None if self.opened_at is None else rows[0].texts[self.opened_at]
        return given or rows[0].instant

    def _since(self, opened: str, rows: list[CaseRow]) -> list[CaseRow]:
        """Return the rows without those that tell of something before the case was opened."""
        early = [(row, found) for row in rows if (found := self._early(opened, row)) is not None]
        if not early:
            return rows
        args = {"opened": opened}
        for row, (column, value) in early:
            self.reject(Rejection(row.row, "before_opened", column, value, args))
        numbers = {row.row for row, _ in early}
        return [each for each in rows if each.row not in numbers]

    def _early(self, opened: str, row: CaseRow) -> tuple[str, str] | None:
        if self.form.instant and row.instant < opened:
            return self.form.instant, f"{row.instant} UTC"
        for at, name in self.later:
            text = row.texts[at]
            if text is not None and text < opened:
                return self.columns[name], f"{text} UTC"
        return None

    def _head(self, key: str, rows: Sequence[CaseRow], opened: str, facts: dict[str, str]) -> Head:
        told = {name: self.known.of_head(name, rows) for name in Head._fields if name in HEAD}
        told |= {"reference": told["reference"] or key, "groups": self.known.groups_then(facts, rows, opened)}
        return Head(**told, facts=JSON(facts))

    def _events(self, key: str, rows: Sequence[CaseRow], opened: str, happened: Sequence[Happening]) -> list[Event]:
        """Return the events by id, and so by their instants."""
        events = [Event("opened", opened, "customer", level=self.known.in_row("level", rows[0]))]
        events += self._promised(key, rows, opened)
        events += map(self._happened, happened)
        events += self._ended(key, rows, happened)
        events.sort(key=attrgetter("instant"))
        return events

    def _happened(self, happened: Happening) -> Event:
        code, row = happened.code, happened.row
        if code == "received":
            return Event(code, happened.instant, "customer")
        if row is None:
            return Event(code, happened.instant, "person")
        person = self.known.in_row("person", row)
        if code not in WITH_LEVEL:
            return Event(code, happened.instant, "person", person)
        level = self.known.in_row("level", row)
        if code == "escalated":
            return Event(code, happened.instant, "person", person, level, reason=self.reason)
        return Event(code, happened.instant, "person", person, level, self.known.in_row("owner", row))

    def _promised(self, key: str, rows: Sequence[CaseRow], opened: str) -> Iterator[Event]:
        for kind, promise in self.form.promises.items():
            if rows[-1].texts[self.at[f"kept.{kind}"]] is not None:
                yield self._promise("promised", opened, (key, kind), rows)._replace(clock=promise.clock or None)

    def _ended(self, key: str, rows: Sequence[CaseRow], happened: Sequence[Happening]) -> Iterator[Event]:
        """Yield how the promises ended: when the case was last resolved, else in its last row."""
        ends = [each.instant for each in happened if each.code == "resolved"]
        for kind in self.form.promises:
            kept = rows[-1].texts[self.at[f"kept.{kind}"]]
            if kept is not None:
                code = "kept" if kept == "yes" else "broken"
                yield self._promise(code, ends[-1] if ends else rows[-1].instant, (key, kind), rows)

    def _promise(self, code: str, instant: str, whose: tuple[str, str], rows: Sequence[CaseRow]) -> Event:
        key, kind = whose
        at = self.at.get(f"due.{kind}")
        return Event(
            code,
            instant,
            "plan",
            promise=number_of(self.form.source, key, kind),
            kind=kind,
            due=None if at is None else rows[-1].texts[at],
        )
