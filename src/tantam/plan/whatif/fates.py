"""What would have become of a promise, from what was really done and when: kept, broken, open, withdrawn, unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.plan.errors import NeverOpens
from tantam.plan.run.kinds import clock_of, kept_by_the_customer, kept_by_words, pauses, repeats
from tantam.plan.run.promises import MINUTE, Vow, due_again, open_minutes_left, sooner
from tantam.plan.sections import Plan
from tantam.plan.tables.values import Family
from tantam.plan.whatif.past_case import PastCase, Tells, Turn
from tantam.plan.whatif.replayed import Fate, Promised


@dataclass(frozen=True, slots=True)
class _Kind:
    """How promises of one row go on. clock: on which they pause."""

    by_words: bool
    repeats: bool
    pauses: bool
    by_customer: bool
    clock: str


@dataclass(frozen=True, slots=True)
class _Time:
    """One time that a promise is due. moved: after the waiting, None while it lasts."""

    due: datetime
    moved: datetime | None
    fate: Fate


class Fates:
    """Judges the promises of one plan by what happened until history's end."""

    def __init__(self, plan: Plan, until: datetime) -> None:
        self.plan = plan
        self.until = until
        self._kinds: dict[tuple[str, str], _Kind] = {}

    def of(self, past: PastCase, number: int, vows: Sequence[Vow]) -> Promised | None:
        """Return what becomes of what is vowed in turn `number`. vows: of one kind, at least one.

        None where it is due as it is made: then the desk promises nothing.
        """
        turn = past.turns[number]
        try:
            due, vow = sooner(self.plan, vows, turn.begins)
            if due <= turn.begins:
                return None
            times = self._times(past.tells, turn, vows, (due, vow))
        except NeverOpens:
            return Promised(vows[0].kind, number, vows[0].clause, turn.begins, None, None, Fate.UNKNOWN)
        missed = sum(each.fate is Fate.BROKEN for each in times)
        fate = Fate.BROKEN if missed else times[-1].fate
        first = times[0]
        return Promised(vow.kind, number, vow.clause, turn.begins, due, first.moved, fate, len(times), missed)

    def _times(self, tells: Tells, turn: Turn, vows: Sequence[Vow], counting: tuple[datetime, Vow]) -> list[_Time]:
        due, vow = counting
        kind = self._kind(vow)
        if not kind.by_words:
            done = turn.resolved if not turn.by_customer or kind.by_customer else None
            return [self._time(turn, kind, turn.begins, due, done)]
        if tells is not Tells.ALL:
            return [self._by_words_in_part(tells, turn, kind, due)]
        return list(self._by_words(turn, vows, due, vow))

    def _by_words(self, turn: Turn, vows: Sequence[Vow], due: datetime, vow: Vow) -> Iterator[_Time]:
        """Yield each time that words were due: once, or anew after all words until the case is settled."""
        made = turn.begins
        every = _words(turn)
        for number, words in enumerate(every, start=1):
            kind = self._kind(vow)
            yield self._time(turn, kind, made, due, words)
            if not kind.repeats or (number == len(every) and words == turn.resolved and not turn.by_customer):
                return
            made = words
            due, vow = sooner(self.plan, vows, words)
            if due <= made:
                return
        yield self._time(turn, self._kind(vow), made, due, None)

    def _by_words_in_part(self, tells: Tells, turn: Turn, kind: _Kind, due: datetime) -> _Time:
        """Judge by words that the source tells only in part: what is not told may have been said."""
        words = next(iter(_words(turn)), None)
        found = self._time(turn, kind, turn.begins, due, words)
        first_is_told = tells is Tells.FIRST and not kind.repeats
        sure = first_is_told or (found.fate is Fate.KEPT and not kind.repeats)
        return found if sure else _Time(found.due, found.moved, Fate.UNKNOWN)

    def _time(self, turn: Turn, kind: _Kind, made: datetime, due: datetime, done: datetime | None) -> _Time:
        """Judge one time. done: when it was done, None if never."""
        moved, ended = due, done or turn.resolved
        for begins, ends in turn.waits if kind.pauses else ():
            if begins < made:
                continue
            if begins >= moved or (ended is not None and ended <= begins):
                break
            left = open_minutes_left(self.plan, kind.clock, now=begins, due=moved)
            if ends is None or (ended is not None and ended <= ends):
                return _Time(due, None, Fate.KEPT if done else Fate.WITHDRAWN if ended else Fate.OPEN)
            moved = due_again(self.plan, kind.clock, now=ends, minutes=left)
        return _Time(due, moved, self._fate(moved, done, turn.resolved))

    def _fate(self, due: datetime, done: datetime | None, resolved: datetime | None) -> Fate:
        if done is not None:
            return Fate.KEPT if done <= due else Fate.BROKEN
        if resolved is not None:
            return Fate.WITHDRAWN if resolved < due else Fate.BROKEN
        return Fate.BROKEN if due <= self.until else Fate.OPEN

    def _kind(self, vow: Vow) -> _Kind:
        known = self._kinds.get((vow.kind, vow.clause))
        if known is None:
            again = repeats(vow.kind) or vow.every_minutes is not None
            minutes = vow.span.amount // MINUTE if vow.span.family is Family.EXACT else None
            known = self._kinds[vow.kind, vow.clause] = _Kind(
                kept_by_words(vow.kind) or again,
                again,
                pauses(self.plan, vow.kind),
                kept_by_the_customer(vow.kind),
                clock_of(self.plan, vow.runs_on, minutes, vow.within),
            )
        return known


def _words(turn: Turn) -> list[datetime]:
    """Return when the customer was written to, until it was settled, which tells them unless they told us."""
    settled = turn.resolved
    words = sorted(each for each in turn.words if each >= turn.begins and (settled is None or each <= settled))
    return [*words, settled] if settled is not None and not turn.by_customer else words
