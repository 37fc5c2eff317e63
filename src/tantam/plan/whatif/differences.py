"""How two replays of the same cases differ, and how a replay differs from what history recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from statistics import median

from tantam.plan.whatif.changes import WHAT, Difference, KindChange, Moved
from tantam.plan.whatif.claim_changes import claim_changes
from tantam.plan.whatif.past_case import Counted
from tantam.plan.whatif.replayed import Fate, Replayed, ReplayedCase
from tantam.plan.whatif.summary import summary

WORST_FIRST = ("newly_broken", "no_longer_broken")
OTHERWISE = ("newly_owed", "no_longer_owed", "due_moved")
WORST = (Fate.BROKEN, Fate.UNKNOWN, Fate.OPEN, Fate.WITHDRAWN, Fate.KEPT)


@dataclass(frozen=True, slots=True)
class _Side:
    """One promise on one side. due: None where nothing says it."""

    fate: Fate
    due: datetime | None = None


@dataclass
class _Kind:
    """What was found of one kind so far."""

    lists: dict[str, list[int]] = field(default_factory=dict)
    shifts: list[float] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)

    def note(self, key: int, before: _Side | None, after: _Side | None) -> None:
        """Note one promise that is known on both sides, None where it is not owed."""
        was, now = _broken(before), _broken(after)
        self.broken["before"] += was
        self.broken["after"] += now
        if before is None:
            self.add("newly_owed", key)
        if after is None:
            self.add("no_longer_owed", key)
        if now and not was:
            self.add("newly_broken", key)
        if was and not now:
            self.add("no_longer_broken", key)
            if after is not None and after.fate is Fate.KEPT:
                self.add("newly_kept", key)
        self._note_due(key, before, after)

    def _note_due(self, key: int, before: _Side | None, after: _Side | None) -> None:
        one, other = before.due if before else None, after.due if after else None
        if one is not None and other is not None and one != other:
            self.add("due_moved", key)
            self.shifts.append((other - one).total_seconds() / 60)

    def add(self, name: str, key: int) -> None:
        """Note a case under a field of KindChange."""
        self.lists.setdefault(name, []).append(key)

    def change(self, kind: str) -> KindChange:
        """Return what was found."""
        lists = {name: tuple(keys) for name, keys in self.lists.items()}
        shift = median(self.shifts) if self.shifts else None
        before, after = self.broken["before"], self.broken["after"]
        return KindChange(kind, shift_minutes=shift, broken_before=before, broken_after=after, **lists)


def difference(draft: Replayed, against: Replayed) -> Difference:
    """Return what the draft changes. Both were replayed over the same cases; raises ValueError if not."""
    if draft.cases.keys() != against.cases.keys():
        raise ValueError("Two replays are compared case by case; replay both over the same cases.")
    pairs = [(key, against.cases[key], case) for key, case in draft.cases.items()]
    moved = _moved((key, _places(before), _places(after)) for key, before, after in pairs)
    kinds: dict[str, _Kind] = {}
    for key, before, after in pairs:
        _note(kinds, key, _sides(before), _sides(after))
    undecided = tuple(dict.fromkeys((*draft.undecided, *against.undecided)))
    found = Difference(draft.plan, against.plan, len(pairs), moved, _changes(kinds), (), undecided)
    return _difference(found, draft, against)


def beside_record(draft: Replayed) -> Difference:
    """Return how the draft differs from what history recorded of the same cases.

    Of each kind a case counts once: broken if any such promise was, on either side. When it was due is not compared.
    """
    pairs = [(key, draft.pasts[key], case) for key, case in draft.cases.items()]
    moved = _moved(
        (key, dict(zip(WHAT, (past.placed.severity, past.placed.level, past.placed.stage), strict=True)), _places(case))
        for key, past, case in pairs
    )
    kinds: dict[str, _Kind] = {}
    for key, past, case in pairs:
        recorded = {(kind, 0): _Side(_recorded(ended)) for kind, ended in past.ended.items()}
        _note(kinds, key, recorded, _worst(case))
    found = Difference(draft.plan, "", len(pairs), moved, _changes(kinds), (), draft.undecided)
    return _difference(found, draft, None)


def _changes(kinds: Mapping[str, _Kind]) -> dict[str, KindChange]:
    return {kind: found.change(kind) for kind, found in sorted(kinds.items())}


def _difference(found: Difference, draft: Replayed, against: Replayed | None) -> Difference:
    """Return the difference with all cases that go otherwise, and what it comes to in sentences."""
    found = replace(found, claims=claim_changes(draft, against), currency=draft.currency)
    whole = replace(found, changed=_changed(found, draft))
    return replace(whole, summary=summary(whole, draft, against))


def _changed(found: Difference, draft: Replayed) -> tuple[int, ...]:
    """Return the cases that go otherwise: newly broken, no longer broken, others; of each, first opened first."""
    kinds = found.kinds.values()
    groups = [[key for each in kinds for key in getattr(each, name)] for name in WORST_FIRST]
    groups.append(
        [key for each in found.moved for key in each.cases]
        + [key for each in kinds for name in OTHERWISE for key in getattr(each, name)]
        + [key for each in found.claims.values() for key in each.otherwise]
    )
    sorted_groups = (sorted(keys, key=lambda key: draft.pasts[key].opened) for keys in groups)
    return tuple(dict.fromkeys(key for keys in sorted_groups for key in keys))


def _moved(places: Iterable[tuple[int, Mapping[str, str | None], Mapping[str, str | None]]]) -> tuple[Moved, ...]:
    """Return the moves, those of most cases first; what is unknown on a side, or was never said, is no move."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for key, before, after in places:
        for what in WHAT:
            one, other = before[what], after[what]
            if one and other and one != other:
                found.setdefault((what, one, other), []).append(key)
    order = sorted(found.items(), key=lambda each: (WHAT.index(each[0][0]), -len(each[1]), each[0]))
    return tuple(Moved(*names, tuple(keys)) for names, keys in order)


def _places(case: ReplayedCase) -> dict[str, str | None]:
    return {"severity": case.severity, "level": case.level, "stage": case.stage}


def _note(
    kinds: dict[str, _Kind], key: int, before: Mapping[tuple[str, int], _Side], after: Mapping[tuple[str, int], _Side]
) -> None:
    unknown = {kind for side in (before, after) for (kind, _), each in side.items() if each.fate is Fate.UNKNOWN}
    for kind in unknown:
        kinds.setdefault(kind, _Kind()).add("undecided", key)
    for kind, turn in dict.fromkeys((*before, *after)):
        if kind not in unknown:
            kinds.setdefault(kind, _Kind()).note(key, before.get((kind, turn)), after.get((kind, turn)))


def _sides(case: ReplayedCase) -> dict[tuple[str, int], _Side]:
    """Return the promises by kind and turn; an undecided kind is unknown in the first."""
    found = {(each.kind, each.turn): _Side(each.fate, each.due) for each in case.promises}
    return found | {(kind, 0): _Side(Fate.UNKNOWN) for kind in case.undecided}


def _worst(case: ReplayedCase) -> dict[tuple[str, int], _Side]:
    """Return one a kind: the worst of its turns."""
    fates: dict[str, list[Fate]] = {kind: [Fate.UNKNOWN] for kind in case.undecided}
    for each in case.promises:
        fates.setdefault(each.kind, []).append(each.fate)
    return {(kind, 0): _Side(min(several, key=WORST.index)) for kind, several in fates.items()}


def _recorded(ended: Counted) -> Fate:
    return Fate.BROKEN if ended.broken else Fate.KEPT if ended.kept else Fate.OPEN


def _broken(side: _Side | None) -> bool:
    return side is not None and side.fate is Fate.BROKEN
