"""The rows of one case to its events, in the columns of history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from tantam.history.events import COLUMNS
from tantam.history.imports.facts import Known, RowRefused
from tantam.history.imports.happenings import CaseRow, Happening, Signs
from tantam.history.imports.mapping import Mapping
from tantam.history.imports.refused import Rejection
from tantam.history.imports.rows import number_of
from tantam.history.imports.slots import Slot

MOST_ROWS = 10_000  # of one case; so many are held at once
NEVER = datetime.min  # noqa: DTZ901 - of a row that gives no instant at all
BY_CUSTOMER, BY_PLAN = ("opened", "received"), ("promised", "kept", "broken")
Event = dict[str, Any]
Reject = Callable[[Rejection], None]


class Cases:
    """Makes events of the sorted rows of one log."""

    def __init__(self, mapping: Mapping, slots: Sequence[Slot], reject: Reject) -> None:
        self.form, self.reject = mapping.form, reject
        self.signs, self.known = Signs(mapping.form, slots), Known(mapping, slots)
        self.at = {each.name: index for index, each in enumerate(slots)}
        self.columns = {each.name: each.column for each in slots}
        # Instants that a column gives: none may lie before the case was opened.
        self.later = [(at, name) for name, at in self.at.items() if name.startswith("at.") and name != "at.opened"]

    def events(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[list[Event]]:
        """Yield the events of each case. rows: case_id, key, row, then the slots, sorted by staging."""
        number, first = 0, ""
        for (case_id, key), found in groupby(rows, key=lambda each: each[:2]):
            if case_id == number:
                for each in found:
                    self.reject(Rejection(each[2], "same_id", self.form.case, key, {"other": first}))
                continue
            number, first = case_id, key
            events = self._case(case_id, key, self._fitting(key, found))
            if events:
                yield events

    def _fitting(self, key: str, found: Iterator[tuple[Any, ...]]) -> list[CaseRow]:
        """Return the rows of a case that may stand in it, by themselves."""
        rows: list[CaseRow] = []
        for each in found:
            row = CaseRow(each[2], self._instant(each[3:]), each[3:])
            if row.instant is NEVER:
                self.reject(Rejection(row.row, "no_instant", self.columns.get("at.opened", self.form.case)))
            elif rows and self.form.rows == "cases":
                self.reject(Rejection(row.row, "second_row", self.form.case, key))
            elif len(rows) >= MOST_ROWS:
                self.reject(Rejection(row.row, "many_rows", self.form.case, key, {"most": str(MOST_ROWS)}))
            else:
                rows.append(row)
        return rows

    def _instant(self, texts: Sequence[str | None]) -> datetime:
        """Return when a row was: of a whole case without an instant, the last that its columns give."""
        if self.form.instant:
            assert texts[0] is not None
            return datetime.fromisoformat(texts[0])
        given = [text for name, at in self.at.items() if name.startswith("at.") and (text := texts[at]) is not None]
        return datetime.fromisoformat(max(given)) if given else NEVER

    def _case(self, case_id: int, key: str, rows: list[CaseRow]) -> list[Event]:
        """Return the case's events, none if no row of it can stand."""
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
            while (leap := self.signs.too_far(rows)) is not None:
                self.reject(leap)
                rows = [each for each in rows if each.row != leap.row]
            return self._written(case_id, key, rows, (opened, facts)) if rows else []
        return []

    def _opened(self, rows: Sequence[CaseRow]) -> datetime:
        at = self.at.get("at.opened")
        text = rows[0].texts[at] if at is not None else None
        return rows[0].instant if text is None else datetime.fromisoformat(text)

    def _since(self, opened: datetime, rows: Sequence[CaseRow]) -> list[CaseRow]:
        """Return the rows without those that tell of something before the case was opened."""
        kept = []
        for row in rows:
            early = self._early(opened, row)
            if early is None:
                kept.append(row)
            else:
                column, value = early
                args = {"opened": opened.isoformat(" ", "minutes")}
                self.reject(Rejection(row.row, "before_opened", column, value, args))
        return kept

    def _early(self, opened: datetime, row: CaseRow) -> tuple[str, str] | None:
        if self.form.instant and row.instant < opened:
            return self.form.instant, row.instant.isoformat(" ")
        for at, name in self.later:
            text = row.texts[at]
            if text is not None and datetime.fromisoformat(text) < opened:
                return self.columns[name], text
        return None

    def _written(
        self, case_id: int, key: str, rows: Sequence[CaseRow], known: tuple[datetime, dict[str, str]]
    ) -> list[Event]:
        opened, facts = known
        first = self._head(key, rows, opened, facts)
        happened = self.signs.happenings(rows)
        events = [first, *self._promised(case_id, key, rows, opened)]
        events += [self._happened(each) for each in happened]
        events += self._ended(case_id, key, rows, happened)
        events.sort(key=lambda each: each["instant"])
        for each in events:
            each["case_id"], each["source"] = case_id, self.form.source
            each["clause"] = ""
            code = each["code"]
            each["actor"] = "customer" if code in BY_CUSTOMER else "plan" if code in BY_PLAN else "person"
        return events

    def _head(self, key: str, rows: Sequence[CaseRow], opened: datetime, facts: dict[str, str]) -> Event:
        names = ("reference", "customer", "purchase", "channel", "topic", "stage", "severity", "language")
        found: Event = {name: self.known.of_head(name, rows) for name in names}
        found["reference"] = found["reference"] or key
        found["level"] = self.known.in_row("level", rows[0])
        found["groups"] = self.known.groups_then(facts, rows, opened)
        found["facts"] = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        return found | {"code": "opened", "instant": opened}

    def _happened(self, happened: Happening) -> Event:
        event: Event = {"code": happened.code, "instant": happened.instant}
        row = happened.row
        if row is None:
            return event
        if happened.code != "received":
            event["person"] = self.known.in_row("person", row)
        if happened.code in ("taken", "handed_over", "escalated"):
            event["level"] = self.known.in_row("level", row)
        if happened.code in ("taken", "handed_over"):
            event["owner"] = self.known.in_row("owner", row)
        if happened.code == "escalated":
            sign = self.form.events.escalated
            event["reason"] = sign.reason or None if sign else None
        return event

    def _promised(self, case_id: int, key: str, rows: Sequence[CaseRow], opened: datetime) -> Iterator[Event]:
        for kind, promise in self.form.promises.items():
            if rows[-1].texts[self.at[f"kept.{kind}"]] is not None:
                yield (
                    {"code": "promised", "instant": opened}
                    | self._promise(key, kind, rows)
                    | {"clock": promise.clock or None}
                )

    def _ended(self, case_id: int, key: str, rows: Sequence[CaseRow], happened: Sequence[Happening]) -> Iterator[Event]:
        """Yield how the promises ended: when the case was last resolved, else in its last row."""
        ends = [each.instant for each in happened if each.code == "resolved"]
        for kind in self.form.promises:
            kept = rows[-1].texts[self.at[f"kept.{kind}"]]
            if kept is not None:
                code = "kept" if kept == "yes" else "broken"
                yield {"code": code, "instant": ends[-1] if ends else rows[-1].instant} | self._promise(key, kind, rows)

    def _promise(self, key: str, kind: str, rows: Sequence[CaseRow]) -> Event:
        at = self.at.get(f"due.{kind}")
        due = rows[-1].texts[at] if at is not None else None
        number = number_of(self.form.source, key, kind)
        return {"promise": number, "kind": kind, "due": None if due is None else datetime.fromisoformat(due)}


def column_of(events: Sequence[Event], name: str) -> list[Any]:
    """Return one column of many events."""
    assert name in COLUMNS
    return [each.get(name) for each in events]
