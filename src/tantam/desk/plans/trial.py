"""What a draft would have done over past cases, as the desk keeps it: codes, keys and numbers, never a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.desk.plans import drafts, versions
from tantam.desk.plans.models import Replay
from tantam.desk.plans.running import RunningPlan
from tantam.plan.whatif import (
    Difference,
    Fate,
    PastCase,
    Promised,
    Replayed,
    ReplayedCase,
    Said,
    aloud,
    difference,
    replay,
)

MOST_ROWS = 200
PLACES = ("severity", "level", "stage")
NOT_OWED = "none"  # beside the fates of a promise
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trial:
    """The two plans of a replay."""

    draft: RunningPlan
    against: RunningPlan

    @property
    def terms(self) -> frozenset[str]:
        """The terms that the desk looked for when its cases were opened."""
        return frozenset(self.against.plan.terms)

    def played(self, cases: Iterable[PastCase], until: datetime, progress: Callable[[float], None]) -> dict[str, Any]:
        """Return what the draft would have done, as JSON. until: history's end, aware. progress: told shares of 1."""
        known = list(cases)
        against = replay(self.against.plan, _telling(known, 0.0, progress), until=until)
        draft = replay(self.draft.plan, _telling(known, 0.5, progress), until=until)
        return result(draft, against)


def trial_of(asked: Replay) -> Trial:
    """Return the plans of a replay, thawed."""
    return Trial(drafts.running(asked.draft), versions.version(asked.against_id))


def sentences(found: Mapping[str, Any], lang: str, plan: RunningPlan) -> list[tuple[str, str]]:
    """Return what was found as (key, sentence) in the words of `plan`; the first says what matters most."""
    kept = [Said(each["key"], each["args"]) for each in found["summary"]]
    return list(zip((each.key for each in kept), aloud(kept, lang, plan.plan), strict=True))


def result(draft: Replayed, against: Replayed) -> dict[str, Any]:
    """Return how the two differ.

    places: {severity, level, stage: [[before, after, cases]]}, null where history lacks a fact. fates: {kind: [[before,
    after, promises]]}, NOT_OWED where one plan makes none. shifts: {kind: median minutes} of what is due otherwise.
    rows: the cases that go otherwise, those first whose promises end otherwise. lacks: [[term, cases]].
    """
    found = difference(draft, against)
    fates = {key: _fates(draft.cases[key], against.cases[key]) for key in draft.cases}
    return {
        "cases": found.cases,
        "changed": len(found.changed),
        "undecided": len(found.undecided),
        "until": draft.until.isoformat(),
        "summary": [{"key": each.key, "args": dict(each.args)} for each in found.summary],
        "places": {what: _moves(what, draft, against) for what in PLACES},
        "fates": _by_kind(fates.values()),
        "shifts": {kind: each.shift_minutes for kind, each in found.kinds.items() if each.shift_minutes is not None},
        "lacks": _lacks(draft, against),
        "foreign": dict(draft.foreign),
        "rows": [_case(key, draft, against) for key in _foremost(found, fates, draft.pasts)],
    }


def _telling(cases: list[PastCase], begun: float, progress: Callable[[float], None]) -> Iterator[PastCase]:
    """Yield the cases and tell how far we are: from `begun` on, half of the way."""
    for number, case in enumerate(cases):
        progress(begun + number / (2 * len(cases)))
        yield case


Fates = list[tuple[str, str, str]]  # kind, before, after


def _fates(draft: ReplayedCase, against: ReplayedCase) -> Fates:
    """Return how each promise of a case ends under the two plans."""
    return [
        (kind, _fate(before, kind, against), _fate(after, kind, draft))
        for kind, before, after in _pairs(draft, against)
    ]


def _fate(promise: Promised | None, kind: str, case: ReplayedCase) -> str:
    if promise is not None:
        return str(promise.fate)
    return UNKNOWN if kind in case.undecided else NOT_OWED


def _pairs(draft: ReplayedCase, against: ReplayedCase) -> Iterator[tuple[str, Promised | None, Promised | None]]:
    """Yield the promises of a case under the one plan beside those under the other, the same kind and turn together."""
    before, after = _numbered(against), _numbered(draft)
    for key in sorted({*before, *after}):
        yield key[0], before.get(key), after.get(key)
    for kind in sorted({*draft.undecided, *against.undecided} - {key[0] for key in (*before, *after)}):
        yield kind, None, None


def _numbered(case: ReplayedCase) -> dict[tuple[str, int, int], Promised]:
    seen: Counter[tuple[str, int]] = Counter()
    found = {}
    for each in case.promises:
        found[each.kind, each.turn, seen[each.kind, each.turn]] = each
        seen[each.kind, each.turn] += 1
    return found


def _by_kind(fates: Iterable[Fates]) -> dict[str, list[list[Any]]]:
    counted = Counter(each for case in fates for each in case)
    kinds: dict[str, list[list[Any]]] = {}
    for (kind, before, after), count in sorted(counted.items()):
        kinds.setdefault(kind, []).append([before, after, count])
    return kinds


def _moves(what: str, draft: Replayed, against: Replayed) -> list[list[Any]]:
    pairs = Counter((getattr(against.cases[key], what), getattr(case, what)) for key, case in draft.cases.items())
    return [[before, after, count] for (before, after), count in pairs.most_common()]


def _lacks(draft: Replayed, against: Replayed) -> list[list[Any]]:
    """Return [term, cases] of the facts that either plan needed and history lacks, most cases first."""
    cases: dict[str, set[int]] = {}
    for each in (*draft.lacks, *against.lacks):
        cases.setdefault(each.term, set()).update(each.cases)
    return sorted(([term, len(keys)] for term, keys in cases.items()), key=lambda pair: (-pair[1], pair[0]))


def _foremost(found: Difference, fates: Mapping[int, Fates], pasts: Mapping[int, PastCase]) -> list[int]:
    """Return the cases to show: what is newly broken, what no longer is, what else ends otherwise; the newest first."""

    def rank(key: int) -> tuple[int, float]:
        return min(map(_weight, fates[key]), default=3), -pasts[key].opened.timestamp()

    return sorted(found.changed, key=rank)[:MOST_ROWS]


def _weight(fate: tuple[str, str, str]) -> int:
    _, before, after = fate
    if before == after:
        return 3
    return 0 if after == Fate.BROKEN else 1 if before == Fate.BROKEN else 2


def _case(key: int, draft: Replayed, against: Replayed) -> dict[str, Any]:
    past, after, before = draft.pasts[key], draft.cases[key], against.cases[key]
    moved = {what: [getattr(before, what), getattr(after, what)] for what in PLACES}
    return {
        "case": key,
        "source": past.source,
        "reference": past.reference,
        "opened": past.opened.isoformat(),
        "topic": past.topic,
        "places": {what: pair for what, pair in moved.items() if pair[0] != pair[1]},
        "promises": [
            _promise(kind, (one, before), (other, after))
            for kind, one, other in _pairs(after, before)
            if _seen(one) != _seen(other) or (kind in before.undecided) != (kind in after.undecided)
        ],
    }


def _seen(promise: Promised | None) -> tuple[Any, ...]:
    return (promise.clause, promise.due, promise.moved, promise.fate) if promise else ()


def _promise(
    kind: str, before: tuple[Promised | None, ReplayedCase], after: tuple[Promised | None, ReplayedCase]
) -> dict[str, Any]:
    sides = {"before": before, "after": after}
    return {
        "kind": kind,
        **{f"{side}_fate": _fate(one, kind, case) for side, (one, case) in sides.items()},
        **{f"{side}_clause": one.clause if one else "" for side, (one, _) in sides.items()},
        **{f"{side}_due": _due(one) for side, (one, _) in sides.items()},
    }


def _due(promise: Promised | None) -> str | None:
    at = (promise.moved or promise.due) if promise else None
    return at.isoformat() if at else None
