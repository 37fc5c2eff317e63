"""What the desk asks of the plan's procedures: which one a case follows, where it goes on, and what its steps say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from tantam.desk.plans import topics
from tantam.desk.plans.running import Facts, RunningPlan
from tantam.plan.procedures import ahead as ways_on
from tantam.plan.procedures import asking, walk
from tantam.plan.procedures.asking import Decided, Settled, Turn, undecided
from tantam.plan.procedures.route import Route
from tantam.plan.procedures.route import route as route_of
from tantam.plan.procedures.walk import Gone, How, Standing, Token, Walked, next_at
from tantam.plan.run import because_of
from tantam.plan.sections.clauses_procedures import CUSTOMER, PAID, Choice, HandOver, Procedure

__all__ = [
    "CUSTOMER", "PAID", "Decided", "Gone", "How", "Settled", "Standing", "Token", "Turn", "Walked", "Walker",
    "chosen", "next_at", "policies_of", "procedures", "walker",
]  # fmt: skip


@dataclass(frozen=True)
class Walker:
    """Walks a case through one of a version's procedures. now: of the act. facts: asked where they count."""

    plan: RunningPlan
    route: Route
    now: datetime
    facts: Callable[[], Facts]
    settled: Settled = undecided

    def begin(self) -> Walked:
        """Return the walk at its beginning."""
        return walk.begin(self.route, self.now, self._alone)

    def go(self, standing: Standing, number: int, when: str, how: How) -> Walked:
        """Return the walk after a step. Raises LookupError for one that has gone on, or a branch it does not have."""
        return walk.go(self.route, standing, walk.Going(number, when, how), now=self.now, alone=self._alone)

    def tick(self, standing: Standing) -> Walked:
        """Return the walk as it stands now, time gone by and facts learned."""
        return walk.tick(self.route, standing, self.now, self._alone)

    def happened(self, standing: Standing, event: str) -> Walked:
        """Return the walk after an event that steps wait for."""
        return walk.happened(self.route, standing, event, self.now, self._alone)

    def again(self, standing: Standing, tokens: Iterable[Token]) -> Standing:
        """Return the walk standing at these steps again, their times counted from now."""
        return walk.again(self.route, standing, tokens, self.now)

    def workable(self, standing: Standing) -> tuple[Token, ...]:
        """Return the steps that somebody may do: not where ways meet, nor a step whose own procedure is under way."""
        paths = {each.path[:-1] for each in standing.tokens}
        return tuple(each for each in standing.tokens if not self.route.waits_for(each.path) and each.path not in paths)

    def leads_to_end(self, token: Token) -> bool:
        """Return whether a step has one way, and that straight to the end."""
        return walk.leads_to_end(self.route, token.path)

    def has(self, token: Token) -> bool:
        """Return whether the plan has the step."""
        return self.route.step(token.path) is not None

    def turn(self, token: Token) -> Turn | None:
        """Return what a step is about now, None if the plan has no such step."""
        return asking.turn(self.route, token.path, self.facts(), now=self.now, settled=self.settled)

    def clause(self, token: Token) -> str:
        """Return where a step stands in the plan."""
        return self.route.address(token.path)

    def asked(self, token: Token) -> tuple[str, ...]:
        """Return the terms that a step asks for."""
        step = self.route.step(token.path)
        return step.work.asks if step else ()

    def says(self, token: Token) -> tuple[str, ...]:
        """Return the texts that a step says."""
        step = self.route.step(token.path)
        return step.work.say if step else ()

    def who(self, token: Token) -> str:
        """Return who does a step: `customer`, a level, a department; "" for one that is gone from the plan."""
        step = self.route.step(token.path)
        return step.work.who if step else ""

    def decides(self, token: Token) -> str:
        """Return the policy that a step decides by, "" without one."""
        step = self.route.step(token.path)
        return step.policy if isinstance(step, Choice) else ""

    def reaches(self, token: Token) -> str:
        """Return the state that the customer's concern is in once a step is done, "" if the plan names none."""
        step = self.route.step(token.path)
        return step.work.reaches if step else ""

    def told(self, token: Token, lang: str) -> str:
        """Return a step as its customer reads it: the state it reaches; "" for one that is none of theirs."""
        if state := self.reaches(token):
            return ways_on.state_words(self.plan.plan, state, self._spoken(lang))
        if not ways_on.told_plainly(self.route, token.path):
            return ""
        return step_label(self.plan, self.clause(token), lang)

    def ahead(self, standing: Standing) -> tuple[Token, ...]:
        """Return the steps that come next for sure, in order; their times are not known yet."""

        def branch(path: tuple[str, ...]) -> str | None:
            found = self.turn(Token(0, path, self.now, None))
            return found.when if found else None

        places = ways_on.ahead(self.route, [each.path for each in standing.tokens], branch)
        return tuple(Token(0, each, self.now, None) for each in places)

    def chooses(self, token: Token) -> bool:
        """Return whether a step is a choice between ways."""
        return isinstance(self.route.step(token.path), Choice)

    def _spoken(self, lang: str) -> str:
        return lang if lang in self.plan.languages else self.plan.languages[0]

    def hands_over(self, token: Token) -> str:
        """Return the level or department that a step hands the case to, "" if it does not."""
        step = self.route.step(token.path)
        return step.to if isinstance(step, HandOver) else ""

    def branches(self, token: Token) -> tuple[str, ...]:
        """Return the ways out of a step, each once; ("",) if there is one only, or the step is gone from the plan."""
        moves = self.route.moves(token.path)
        return tuple(dict.fromkeys(each.when for each in moves if not each.missed)) or ("",)

    def minutes(self, since: datetime, until: datetime) -> int:
        """Return the open minutes between two instants on the clock of the promises, >= 0."""
        return self.plan.minutes_left(self.plan.plan.promises.clock, since, until)

    @property
    def _alone(self) -> walk.Alone:
        return asking.goes_on(self.route, self.facts, now=self.now, settled=self.settled)


def walker(
    plan: RunningPlan, procedure: str, now: datetime, facts: Callable[[], Facts], *, settled: Settled = undecided
) -> Walker:
    """Return what walks cases of this version through a procedure or troubleshooter. Raises UnknownName."""
    return Walker(plan, route_of(plan.plan, procedure), now, facts, settled)


def paid_words(plan: RunningPlan, lang: str) -> str:
    """Return what people call that money was paid."""
    return ways_on.state_words(plan.plan, PAID, lang)


def decided(plan: RunningPlan, outcome: str, stored: Mapping[str, Any]) -> Decided:
    """Return how a policy was decided. stored: its answer as it was kept, by this version."""
    because = stored.get("because")
    return Decided(outcome, because_of(plan.plan, because) if because else None)


def procedures(plan: RunningPlan, lang: str) -> tuple[tuple[str, str], ...]:
    """Return what a case may be walked through, each with its words: procedures, then troubleshooters."""
    named: Iterable[tuple[str, Mapping[str, str]]] = (
        *((name, each.label) for name, each in plan.plan.procedures.items()),
        *((name, each.label) for name, each in plan.plan.troubleshooters.items()),
    )
    return tuple((name, plan.called(name, words, lang)) for name, words in named)


def label(plan: RunningPlan, name: str, lang: str) -> str:
    """Return what people call a procedure or troubleshooter."""
    known = plan.plan.procedures.get(name) or plan.plan.troubleshooters.get(name)
    return plan.called(name, known.label if known else {}, lang)


def step_label(plan: RunningPlan, clause: str, lang: str) -> str:
    """Return what is done at the step that stands at an address; its name if that version says nothing of it."""
    _, _, rest = clause.partition(".")
    procedure, _, step = rest.partition(".steps.")
    known = plan.plan.procedures.get(procedure)
    found = known.steps.get(step) if known else None
    return plan.called(step or procedure, found.work.does if found else {}, lang)


def chosen(plan: RunningPlan, *, policy: str = "", topic: str = "", stage: str = "") -> str:
    """Return the procedure that a case follows, "" if the plan has none for it. Worked out once a combination.

    The first of: that which triage names for the topic; that which the policy names; those that carry the policy out
    or decide by it; those that name neither policy nor stage; the only one for its stage that names no policy.
    """
    key = (chosen, policy, topic, stage)
    known: dict[Any, Any] = plan.plan.prepared
    if key not in known:
        known[key] = _chosen(plan, policy, topic, stage)
    found: str = known[key]
    return found


def policies_of(plan: RunningPlan, name: str) -> tuple[str, ...]:
    """Return the policies that a procedure carries out or decides by."""
    procedure = plan.plan.procedures.get(name)
    return _policies(procedure) if procedure else ()


def _chosen(plan: RunningPlan, policy: str, topic: str, stage: str) -> str:
    named = topics.by_triage(plan, topic) if topic else {}
    policy = policy or named.get("policy", "") or (topics.policy_of(plan, topic) if topic else "")
    clause = plan.plan.policies.get(policy)
    for name in (named.get("procedure", ""), clause.procedure if clause else ""):
        if name in plan.plan.procedures or name in plan.plan.troubleshooters:
            return name
    return next(chain(_of_policy(plan, policy), _general(plan, stage)), "")


def _of_policy(plan: RunningPlan, policy: str) -> Iterator[str]:
    """Yield the procedures that carry the policy out, then those that decide by it."""
    if policy:
        every = plan.plan.procedures.values()
        yield from (each.name for each in every if policy in each.policies)
        yield from (each.name for each in every if policy in _policies(each))


def _general(plan: RunningPlan, stage: str) -> Iterator[str]:
    """Yield the procedures that name no policy: those of no stage, then the one of this stage if it is the only one."""
    free = [each for each in plan.plan.procedures.values() if not _policies(each)]
    yield from (each.name for each in free if not each.stage)
    of_stage = [each.name for each in free if stage and each.stage == stage]
    if len(of_stage) == 1:
        yield of_stage[0]


def _policies(procedure: Procedure) -> tuple[str, ...]:
    decided = (each.policy for each in procedure.steps.values() if isinstance(each, Choice) and each.policy)
    return tuple(dict.fromkeys([*procedure.policies, *decided]))
