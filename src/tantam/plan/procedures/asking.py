"""What a step needs to be told, by which way it goes on, and why: only what is unknown is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tantam.plan.procedures.route import Path, Route
from tantam.plan.procedures.tries import FAILS, WORKS, row_of
from tantam.plan.procedures.walk import Alone, Token
from tantam.plan.run import Because, Question, decide, question, questions
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses_procedures import CUSTOMER, OTHERWISE, Choice, Step, Troubleshooter
from tantam.plan.sections.clauses_procedures import Question as Asking
from tantam.plan.sections.procedures_branches import names_in

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody or a policy decided already. outcome: by its name. because: why, None if nobody said."""

    outcome: str
    because: Because | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step is about, now. asks: what is still unknown. known: terms it asks for that are known.

    when: the branch that follows, None while that cannot be told, or only a person can. outcome: of the policy that
    decides, "" without one. because: why that branch.
    """

    step: Step
    asks: tuple[Question, ...] = ()
    known: tuple[str, ...] = ()
    when: str | None = None
    outcome: str = ""
    because: Because | None = None


Settled = Callable[[str], Decided | None]
"""Says what was decided already by a policy, None if nothing was."""


def undecided(policy: str) -> Decided | None:
    """Say that nothing was decided yet."""
    return None


def turn(route: Route, path: Path, facts: Given, *, now: datetime, settled: Settled = undecided) -> Turn | None:
    """Return what the step at `path` is about; None if the plan has no such step. Raises UnknownName, BadFact."""
    step = route.step(path)
    if step is None:
        return None
    case = case_of(route.plan, facts, now=now)
    known = tuple(each for each in step.work.asks if case.value(each) is not None)
    asked = [each for each in step.work.asks if each not in known and each in route.plan.terms]
    if not isinstance(step, Choice):
        return Turn(step, _questions(route.plan, asked), known, _only(step))
    tries = _tries(route, path)
    if tries is not None:
        return Turn(step, _questions(route.plan, asked), known, _tried(case, tries, path[-1]))
    if step.policy in route.plan.policies:
        return _by_policy(case, step, asked, known, settled(step.policy))
    if step.table is not None:
        return _by_table(case, step, asked, known, route.address(path))
    return Turn(step, _questions(route.plan, asked), known)


def goes_on(route: Route, facts: Callable[[], Given], *, now: datetime, settled: Settled = undecided) -> Alone:
    """Return what lets steps go by themselves. facts: asked only where they count.

    Those of the system, the customer's whose answers are known, tries that need no trying, and choices by a policy
    that was decided already.
    """

    def alone(token: Token, step: Step) -> str | None:
        tried = isinstance(step, Choice) and _tries(route, token.path) is not None
        if isinstance(step, Choice) and step.policy and (before := settled(step.policy)) is not None:
            return _branch(step, before.outcome)
        if not (tried or step.work.who == SYSTEM or (step.work.who == CUSTOMER and isinstance(step, Asking))):
            return None
        found = turn(route, token.path, facts(), now=now, settled=settled)
        if found is None or (found.asks and not tried) or (isinstance(step, Asking) and not step.work.asks):
            return None
        return found.when

    return alone


def _questions(plan: Plan, terms: Iterable[str]) -> tuple[Question, ...]:
    return tuple(question(plan, each) for each in dict.fromkeys(terms))


def _only(step: Step) -> str | None:
    """A step with one way goes that way."""
    return None if isinstance(step, Choice) else ""


def _by_policy(case: Case, step: Choice, asked: list[str], known: tuple[str, ...], before: Decided | None) -> Turn:
    plan = case.plan
    if before is not None:
        return Turn(step, (), known, _branch(step, before.outcome), before.outcome, before.because)
    answer = decide(plan, step.policy, case.facts, now=case.now)
    wanted = questions(plan, step.policy, case.facts, now=case.now) if not answer.known else ()
    asks = (*_questions(plan, asked), *(each for each in wanted if each.term not in asked))
    when = _branch(step, answer.outcome) if answer.known or answer.outcome in _named(step) else None
    return Turn(step, asks, known, when, answer.outcome, answer.because)


def _named(step: Choice) -> set[str]:
    return {name for way in step.branches for name in names_in(way.when)}


def _branch(step: Choice, outcome: str) -> str | None:
    """Return the branch of an outcome, else `otherwise`, None if neither is written."""
    exact = next((way.when for way in step.branches if outcome in names_in(way.when)), None)
    otherwise = next((way.when for way in step.branches if way.when == OTHERWISE), None)
    return otherwise if exact is None else exact


def _by_table(case: Case, step: Choice, asked: list[str], known: tuple[str, ...], address: str) -> Turn:
    plan, table = case.plan, step.table
    assert table is not None
    fired = plan.compiled(table)(case.values)
    wanted = [*asked, *([fired.unknown] if fired.unknown in plan.terms and fired.unknown not in asked else [])]
    if fired.row is None or fired.unknown:
        return Turn(step, _questions(plan, wanted), known)
    way = step.branches[table.rows.index(fired.row)]
    facts = case.mattered(fired.row, fired.used)
    because = case.because(f"{address}#{way.when}", way.when, "B_branch", facts=facts)
    return Turn(step, _questions(plan, asked), known, way.when, "", because)


def _tries(route: Route, path: Path) -> Troubleshooter | None:
    procedure = route.procedure_at(path)
    if procedure is None or procedure.name in route.plan.procedures:
        return None
    return route.plan.troubleshooters.get(procedure.name)


def _tried(case: Case, tries: Troubleshooter, step: str) -> str | None:
    """Return whether a try needs no trying: the goal holds already, or its condition does not."""
    if case.value(tries.goal) is True:
        return WORKS
    row = row_of(tries, step)
    holds = [case.holds(each.expr).value for each in row.conditions if each is not None] if row else []
    return FAILS if False in holds else None
