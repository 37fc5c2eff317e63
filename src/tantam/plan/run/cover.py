"""What is covered until when: asked of the policy itself, day by day, so that no second rule says it.

For each way in which a fault may come about, the answer of the first day is what is covered; it ends with the last day
on which the policy still answers so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.run.answers import Answer, Because
from tantam.plan.run.decide import decide
from tantam.plan.run.facts import read_fact
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.sections import Plan
from tantam.plan.tables.types import Number, OneOf, YesNo

SINCE = "purchase.handed_over"
LONGEST = 3660  # days that are looked at: ten years
MOST_WAYS = 48  # in which what is not known may be
_DEEPEST = 6  # facts that are tried, one after another
_ASK = "ask"

Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Cover:
    """What a policy gives until the end of a day. until: the last day, in the company's zone."""

    policy: str
    outcome: str
    until: date
    because: Because


def covers(plan: Plan, policy: str, known: Facts, *, handed_over: datetime) -> tuple[Cover, ...]:
    """Return what the policy gives first and no more later, each outcome once, the longest cover first.

    known: what is on record of the thing; ages since it was handed over are counted here. handed_over: aware. What
    never ends, and what ends after LONGEST days, is left out. An answer that comes back later is no longer cover.
    Raises UnknownName.
    """
    asked = _Asked(plan, policy, known, handed_over)
    found: dict[str, Cover] = {}
    for told in asked.ways():
        first = asked.on(0, told)
        if asked.on(LONGEST, told).outcome == first.outcome:
            continue
        day = handed_over.astimezone(ZoneInfo(plan.zone)).date() + timedelta(days=asked.last_day(told, first.outcome))
        before = found.get(first.outcome)
        if before is None or before.until < day:
            found[first.outcome] = Cover(policy, first.outcome, day, first.because)
    return tuple(sorted(found.values(), key=lambda each: each.until, reverse=True))


class _Asked:
    """A policy, asked about one thing on one day after another."""

    def __init__(self, plan: Plan, policy: str, known: Facts, handed_over: datetime) -> None:
        self._plan, self._policy, self._begins = plan, policy, handed_over
        self._ages = [name for name, clause in plan.terms.items() if clause.since == SINCE]
        self._known = {name: fact for name, fact in known.items() if name not in self._ages}

    def on(self, day: int, told: Facts) -> Answer:
        """Return the answer so many days after it was handed over."""
        at, given = self._begins + timedelta(days=day), self._begins.isoformat()
        ages = {name: read_fact(self._plan, name, given, now=at, standing=Standing.RECORDED) for name in self._ages}
        return decide(self._plan, self._policy, {**self._known, **told, **ages}, now=at)

    def ways(self) -> Iterator[Facts]:
        """Yield values for what is not known and matters, on the first day or the last; MOST_WAYS at most."""
        left, seen = [dict[str, Fact]()], 0
        while left and seen < MOST_WAYS:
            told = left.pop()
            unknown = next((term for day in (0, LONGEST) if (term := self._unknown(day, told))), "")
            if not unknown:
                seen += 1
                yield told
            elif len(told) < _DEEPEST:
                values = _usual(self._plan.terms[unknown].type)
                left += [told | {unknown: Fact(each, Standing.VERIFIED)} for each in reversed(values)]

    def _unknown(self, day: int, told: Facts) -> str:
        answer = self.on(day, told)
        term = answer.ask or ""
        return term if answer.outcome == _ASK and term in self._plan.terms and term not in told else ""

    def last_day(self, told: Facts, outcome: str) -> int:
        """Return the last day on which the answer is still the first one, found by halving."""
        low, high = 0, LONGEST
        while high - low > 1:
            middle = (low + high) // 2
            if self.on(middle, told).outcome == outcome:
                low = middle
            else:
                high = middle
        return low


def _usual(kind: Any) -> list[Any]:
    """Return the values to try: all of a few, the least of a number; none where nothing is usual."""
    match kind:
        case OneOf(values=values):
            return list(values)
        case YesNo():
            return [False, True]
        case Number(low=low):
            return [low if low is not None else 0]
        case _:
            return []
