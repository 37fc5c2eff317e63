"""Every right action of every task decided by `plans/retail-store`, and what becomes of its wrong variants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bench.stores.effects import after
from bench.stores.facts import POLICIES, facts
from bench.stores.tasks import attempts
from bench.stores.variants import variants
from bench.stores.world import Attempt, Record, Store
from tantam.plan.run import Answer, decide
from tantam.plan.sections import Plan

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)  # no rule of this plan hangs on the day


@dataclass(frozen=True, slots=True)
class Variant:
    """A wrong variant: the clause whose condition is broken, and the answer; None where it cannot be broken."""

    clause: str
    answer: Answer | None

    @property
    def refused(self) -> bool:
        """Whether it is refused, or asked back, by that clause and for that reason alone."""
        answer = self.answer
        return (
            answer is not None
            and answer.outcome in ("decline", "ask")
            and answer.because.clause == self.clause
            and len(answer.say) == 1
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """One right action, what the plan answers, and its variants where it is granted."""

    attempt: Attempt
    answer: Answer
    variants: Sequence[Variant] = ()

    @property
    def granted(self) -> bool:
        """Whether the plan grants this very action, unconditionally."""
        return self.answer.action == self.attempt.action and not self.answer.conditional


def granted(decided: Decided) -> bool:
    """Whether it is granted; what is refused leaves the store as it was."""
    return decided.granted


def replay(
    plan: Plan, store: Store, tasks: Sequence[Record], carried_out: Callable[[Decided], bool] = granted
) -> Iterator[Decided]:
    """Yield every right action decided. Each task begins with `store`; what is carried out changes what follows."""
    for task in tasks:
        now = store
        for attempt in attempts(store, task):
            decided = Decided(attempt, answer(plan, now, attempt))
            if decided.granted:
                decided = replace(decided, variants=tuple(_variants(plan, now, attempt)))
            if carried_out(decided):
                now = after(now, attempt)
            yield decided


def answer(plan: Plan, store: Store, attempt: Attempt) -> Answer:
    """Return what the plan answers to an action asked for in this store."""
    return decide(plan, POLICIES[attempt.action], facts(store, attempt), now=NOW)


def _variants(plan: Plan, store: Store, attempt: Attempt) -> Iterator[Variant]:
    for clause, wrong in variants(plan, store, attempt):
        yield Variant(clause, answer(plan, *wrong) if wrong else None)
