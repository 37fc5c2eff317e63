"""What the rows of one case show to have happened, by the signs of the mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from tantam.history.imports.form import Mapping, Sign
from tantam.history.imports.refused import Rejection
from tantam.history.imports.slots import EVENTS, Slot

MOST_STEPS = 1_000  # that a counter rises in one row
Texts = Sequence["str | None"]


class CaseRow(NamedTuple):
    """One row of a case. instant: ISO in UTC, as text it sorts by time. texts: by slot."""

    row: int
    instant: str
    texts: Texts


class Happening(NamedTuple):
    """Something that happened. row: None where a column gave the instant itself. order: among those of one instant."""

    code: str
    instant: str
    order: tuple[float, int]
    row: CaseRow | None = None


# Of what one row shows, what comes first.
ONCE_A_ROW = ("asked", "resolved", "replied")
ORDER = (
    "taken",
    "handed_over",
    "escalated",
    "reopened",
    "received",
    "replied",
    "asked",
    "renewed",
    "lapsed",
    "resolved",
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign with the places of its cells among the texts; None for what the mapping does not use."""

    event: str
    rises: int | None
    held: int | None
    changes: tuple[int, ...]
    leaves: bool


class Signs:
    """Finds what happened in the rows of a case."""

    def __init__(self, form: Mapping, slots: Sequence[Slot]) -> None:
        at = {each.name: index for index, each in enumerate(slots)}
        written: dict[str, Sign] = {event: sign for event in EVENTS[1:] if (sign := getattr(form.events, event))}
        self.signs = [
            _Sign(
                event,
                at.get(f"rises.{event}"),
                at.get(f"in.{event}"),
                tuple(at[f"changes.{event}.{index}"] for index in range(len(sign.changes))),
                bool(sign.leaves),
            )
            for event, sign in written.items()
            if not sign.at
        ]
        self.counters = {each.rises: written[each.event].rises for each in self.signs if each.rises is not None}
        self.instants = {event: at[f"at.{event}"] for event, sign in written.items() if sign.at}
        self.resolved, self.owner = at.get("in.resolved"), at.get("head.owner")
        counting = ("in.", "rises.", "changes.", "head.owner")
        read = [index for name, index in at.items() if name.startswith(counting)]
        self.shown = itemgetter(*read) if read else None

    def too_far(self, rows: Sequence[CaseRow]) -> Rejection | None:
        """Return the rejection of the first row in which a counter leaps."""
        for at, column in self.counters.items():
            before = 0
            for each in rows:
                now = before if (text := each.texts[at]) is None else int(text)
                if now - before > MOST_STEPS:
                    args = {"by": str(now - before), "most": str(MOST_STEPS)}
                    return Rejection(each.row, "leap", column, str(now), args)
                before = now
        return None

    def happenings(self, rows: Sequence[CaseRow]) -> list[Happening]:
        """Return what happened, in its order. rows: at least one, in order, none that leaps."""
        found: list[Happening] = []
        settled = replied = False
        seen: dict[int, object] = {}
        before: object = None
        for position, row in enumerate(rows):
            shown = self.shown(row.texts) if self.shown else None
            if shown == before and position:  # a row that shows nothing new
                continue
            before = shown
            counts = self._counts(row.texts, seen)
            if "resolved" in counts and settled and "reopened" not in counts:
                del counts["resolved"]
            if replied:
                counts.pop("replied", None)
            if settled or "resolved" in counts:
                counts.pop("received", None)
            for rank, code in enumerate(ORDER if counts else ()):
                for _ in range(counts.get(code, 0)):
                    found.append(Happening(code, row.instant, (position, rank), row))
            settled = "resolved" in counts or (settled and "reopened" not in counts)
            replied = replied or "replied" in counts
        if self.instants:
            found += self._by_instant(rows)
            found.sort(key=lambda each: (each.instant, each.order))
        return found

    def _by_instant(self, rows: Sequence[CaseRow]) -> Iterator[Happening]:
        """Yield what a column of the last row gives the instant of: a resolution behind its rows, the rest before."""
        for event, at in self.instants.items():
            instant = rows[-1].texts[at]
            if instant is not None:
                before = (each.instant <= instant if event == "resolved" else each.instant < instant for each in rows)
                yield Happening(event, instant, (sum(before) - 0.5, ORDER.index(event)))

    def _counts(self, texts: Texts, seen: dict[int, object]) -> dict[str, int]:
        """Return how often each event happened in this row. seen: by place, what the rows before showed; updated."""
        counts: dict[str, int] = {}
        was_resolved = self.resolved is not None and seen.get(self.resolved) == "yes"
        for sign in self.signs:
            count = 0
            if sign.rises is not None and (text := texts[sign.rises]) is not None:
                count = max(0, int(text) - int(str(seen.get(sign.rises, 0))))
                seen[sign.rises] = text
            if sign.held is not None and (text := texts[sign.held]) is not None:
                before = seen.get(sign.held, "no")
                seen[sign.held] = text
                # A resolved state counts as long as it lasts: what is settled already is not settled again.
                count = max(count, int(text == "yes" and (before == "no" or sign.event == "resolved")))
                if sign.event == "asked" and before == "yes" and text == "no":
                    counts["received"] = 1
            if sign.changes:
                count = max(count, _changed(sign.changes, texts, seen))
            if sign.leaves and was_resolved and self.resolved is not None and texts[self.resolved] == "no":
                count = max(count, 1)
            if count:
                counts[sign.event] = 1 if sign.event in ONCE_A_ROW else count
        if self.owner is not None and (owner := texts[self.owner]) is not None and owner != seen.get(self.owner):
            seen[self.owner] = owner
            if "handed_over" not in counts:
                counts["taken"] = 1
        return counts


def _changed(places: Sequence[int], texts: Texts, seen: dict[int, object]) -> int:
    """Return 1 if one of these cells differs from what was known of it, else 0."""
    changed = 0
    for at in places:
        text = texts[at]
        if text is not None:
            changed |= int(seen.get(at, text) != text)
            seen[at] = text
    return changed
