"""What the rows of one case show to have happened, by the signs of the mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.history.imports.form import Mapping, Sign
from tantam.history.imports.refused import Rejection
from tantam.history.imports.slots import EVENTS, Slot

MOST_STEPS = 1_000  # that a counter rises in one row
Texts = Sequence["str | None"]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row of a case. instant: UTC, without its zone. texts: by slot."""

    row: int
    instant: datetime
    texts: Texts


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened. row: None where a column gave the instant itself. order: among those of one instant."""

    code: str
    instant: datetime
    order: tuple[float, int]
    row: CaseRow | None = None


# Of what one row shows, what comes first.
ORDER = ("taken", "handed_over", "escalated", "reopened", "received", "replied", "asked", "resolved")


class Signs:
    """Finds what happened in the rows of a case."""

    def __init__(self, form: Mapping, slots: Sequence[Slot]) -> None:
        self.at = {each.name: index for index, each in enumerate(slots)}
        self.signs: dict[str, Sign] = {
            event: sign for event in EVENTS if event != "opened" and (sign := getattr(form.events, event))
        }
        self.changing = {
            event: [self.at[f"changes.{event}.{index}"] for index in range(len(sign.changes))]
            for event, sign in self.signs.items()
        }
        self.instants = {event: self.at[f"at.{event}"] for event, sign in self.signs.items() if sign.at}
        self.owner = self.at.get("head.owner")
        self.columns = {each.name: each.column for each in slots}

    def too_far(self, rows: Sequence[CaseRow]) -> Rejection | None:
        """Return the rejection of the first row in which a counter leaps."""
        for event, sign in self.signs.items():
            if not sign.rises:
                continue
            before, at = 0, self.at[f"rises.{event}"]
            for each in rows:
                now = int(text) if (text := each.texts[at]) is not None else before
                if now - before > MOST_STEPS:
                    args = {"by": str(now - before), "most": str(MOST_STEPS)}
                    return Rejection(each.row, "leap", sign.rises, str(now), args)
                before = now
        return None

    def happenings(self, rows: Sequence[CaseRow]) -> list[Happening]:
        """Return what happened, in its order. rows: at least one, in order, none that leaps."""
        found: list[Happening] = []
        settled = replied = False
        seen: dict[str, object] = {}
        for position, row in enumerate(rows):
            counts = self._counts(row, seen)
            counts["resolved"] = min(counts.get("resolved", 0), 0 if settled and not counts.get("reopened") else 1)
            counts["replied"] = min(counts.get("replied", 0), 0 if replied else 1)
            if counts["resolved"] or settled:
                counts.pop("received", None)
            for rank, code in enumerate(ORDER):
                for _ in range(counts.get(code, 0)):
                    found.append(Happening(code, row.instant, (position, rank), row))
            settled = bool(counts["resolved"]) or (settled and not counts.get("reopened"))
            replied = replied or bool(counts["replied"])
        found += self._by_instant(rows)
        return sorted(found, key=lambda each: (each.instant, each.order))

    def _by_instant(self, rows: Sequence[CaseRow]) -> list[Happening]:
        """Return what a column of the last row gives the instant of: a resolution behind its rows, the rest before."""
        found = []
        for event, at in self.instants.items():
            text = rows[-1].texts[at]
            if text is not None:
                instant = datetime.fromisoformat(text)
                before = (each.instant <= instant if event == "resolved" else each.instant < instant for each in rows)
                found.append(Happening(event, instant, (sum(before) - 0.5, ORDER.index(event))))
        return found

    def _counts(self, row: CaseRow, seen: dict[str, object]) -> dict[str, int]:
        """Return how often each event happened in this row. seen: what the rows before showed; brought up to date."""
        counts: dict[str, int] = {}
        was_resolved = bool(seen.get("in.resolved"))
        for event, sign in self.signs.items():
            count = self._rise(event, row, seen) if sign.rises else 0
            if sign.column:
                entered, left = self._state(event, row, seen)
                # A resolved state counts as long as it lasts: what is settled already is not settled again.
                count = max(count, int(bool(seen[f"in.{event}"])) if event == "resolved" else entered)
                if event == "asked" and left:
                    counts["received"] = 1
            if self.changing[event]:
                count = max(count, self._change(event, row, seen))
            counts[event] = count
        reopened = self.signs.get("reopened")
        if reopened and reopened.leaves and was_resolved and not seen.get("in.resolved"):
            counts["reopened"] = max(counts["reopened"], 1)
        owner = row.texts[self.owner] if self.owner is not None else None
        if owner is not None and owner != seen.get("owner"):
            seen["owner"] = owner
            counts["taken"] = 0 if counts.get("handed_over") else 1
        return counts

    def _rise(self, event: str, row: CaseRow, seen: dict[str, object]) -> int:
        text = row.texts[self.at[f"rises.{event}"]]
        if text is None:
            return 0
        before = seen.get(f"rises.{event}", 0)
        seen[f"rises.{event}"] = now = int(text)
        assert isinstance(before, int)
        return max(0, now - before)

    def _state(self, event: str, row: CaseRow, seen: dict[str, object]) -> tuple[int, int]:
        """Return whether the column came to hold the values, and whether it ceased to; no cell changes nothing."""
        text = row.texts[self.at[f"in.{event}"]]
        before = bool(seen.get(f"in.{event}"))
        now = before if text is None else text == "yes"
        seen[f"in.{event}"] = now
        return int(now and not before), int(before and not now)

    def _change(self, event: str, row: CaseRow, seen: dict[str, object]) -> int:
        changed = 0
        for at in self.changing[event]:
            text, name = row.texts[at], f"changes.{at}"
            if text is not None:
                changed |= int(seen.get(name, text) != text)
                seen[name] = text
        return changed
