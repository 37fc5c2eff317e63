"""Proves that no policy falls below what the law grants: over every case that a floor speaks of, not over examples.

Each way in which a policy can answer with something else is a formula; where the space of cases holds no case of any,
there is none. What is found is asked of the engine itself before it is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from tantam.plan.checks.case import aged
from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check, finding, several
from tantam.plan.checks.space.formula import Formula, all_of, opposite
from tantam.plan.checks.space.months import conditions_of, mixes_days_and_months, starts_that_matter
from tantam.plan.checks.space.search import OutOfSteps, Space
from tantam.plan.checks.space.translate import Translator
from tantam.plan.checks.space.witness import facts_of, words_of
from tantam.plan.checks.subjects import assumed_of, held_always
from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.run.decide import decide
from tantam.plan.run.facts import value_text
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.sections.clauses import Floor, Policy
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import Expr

_STEPS = 40_000
_MOST_TRIES = 40
_MOMENT = datetime(2026, 1, 5, 9, tzinfo=UTC)
_ASK = "ask"  # what is not known yet is asked, and nothing is refused by that


@dataclass(frozen=True, slots=True)
class _Below:
    """A case in which a policy gives less. clause, place: of what answers so."""

    outcome: str
    clause: str
    place: Place
    words: dict[str, str]


class _Unproved(Exception):
    """Neither a case was found nor that there is none."""


def check_floors(plan: Plan) -> Iterator[Finding]:
    """Yield K110 for each policy that falls below a floor, with a case; K111 for a floor that binds no policy.

    K112 where it could not be proved: it would take too many steps, or rests on what is not looked into.
    """
    for floor in plan.floors.values():
        bound = [plan.policies[each] for each in floor.policies if plan.policies[each].decides is not None]
        if not bound:
            yield finding("K111", Severity.WARNING, floor.place, f"floors.{floor.name}", floor=floor.name)
        for policy in bound:
            try:
                below = _first_below(plan, floor, policy)
            except (_Unproved, OutOfSteps):
                clause = f"floors.{floor.name}"
                yield finding("K112", Severity.NOTE, floor.place, clause, floor=floor.name, policy=policy.name)
                continue
            if below is not None:
                yield _finding(floor, policy, below)


def _first_below(plan: Plan, floor: Floor, policy: Policy) -> _Below | None:
    """Return a case in which the policy gives less, None if there is none. Raises _Unproved, OutOfSteps."""
    assert policy.decides is not None
    if not policy.decides.hit.single:
        raise _Unproved
    exprs = [floor.when, *assumed_of(plan, policy), *conditions_of(policy.decides.rows)]
    starts: tuple[date | None, ...] = (None, *starts_that_matter(exprs)) if mixes_days_and_months(exprs) else (None,)
    unproved = False
    for start in starts:
        try:
            if (below := _Ways(plan, floor, policy, start).below()) is not None:
                return below
        except _Unproved:
            unproved = True
    if unproved:
        raise _Unproved
    return None


class _Ways:
    """The ways in which a policy answers with less than a floor, as formulas over one space of cases.

    start: the day from which ages and months count, None for months of average length.
    """

    def __init__(self, plan: Plan, floor: Floor, policy: Policy, start: date | None) -> None:
        self._plan, self._floor, self._policy, self._start = plan, floor, policy, start
        assert policy.decides is not None
        translator = Translator(plan.scope, start)
        always = [translator.truth(each) for each in held_always(plan)]
        needed = [translator.truth(each) for each in _needed(plan, policy)]
        rows = [translator.row(row) for row in policy.decides.rows]
        when = translator.truth(floor.when)
        given = [when, *always, *translator.side.values()]
        translator.finish()
        fail, turned = [opposite(each) for each in needed], [opposite(each) for each in rows]
        self._space = Space(translator.axes, translator.variables, [*given, *needed, *fail, *rows, *turned], _STEPS)
        self._types = dict(translator.facts)
        cut = self._space.cut
        self._given = all_of(cut(each) for each in given)
        self._needed, self._fail = [cut(each) for each in needed], [cut(each) for each in fail]
        self._rows, self._turned = [cut(each) for each in rows], [cut(each) for each in turned]

    def below(self) -> _Below | None:
        """Return the first case found. Raises _Unproved where the engine bears out none of those found."""
        doubted = False
        for way in self._ways():
            for model in islice(self._space.models(all_of([self._given, way])), _MOST_TRIES):
                facts = facts_of(model, self._space, self._types)
                below = self._asked(facts, dict(words_of(model, self._space)))
                if below is not None:
                    return below
                doubted = True
        if doubted:
            raise _Unproved
        return None

    def _ways(self) -> Iterator[Formula]:
        """Yield when a requirement fails, when a row gives something else, and when no row answers."""
        policy, gives = self._policy, self._floor.gives
        assert policy.decides is not None
        for number, outcome in enumerate(_refusals(self._plan, policy)):
            if any(each not in gives for each in _may_get(policy, outcome)):
                yield all_of([*self._needed[:number], self._fail[number]])
        rows = policy.decides.rows
        for number, row in enumerate(rows):
            outcome = row.outputs["outcome"].text if "outcome" in row.outputs else ""
            if any(each not in gives for each in _may_get(policy, outcome)):
                before = [n for n in range(len(rows)) if n != number] if row.otherwise else []
                before = list(range(number)) if policy.decides.hit.hides and not row.otherwise else before
                yield all_of([*self._needed, self._rows[number], *(self._turned[n] for n in before)])
        yield all_of([*self._needed, *self._turned])

    def _asked(self, facts: dict[str, Any], words: dict[str, str]) -> _Below | None:
        """Return the case if the engine answers it with less."""
        known = aged(facts, self._start) if self._start else facts
        given = {name: Fact(value, Standing.VERIFIED) for name, value in known.items() if name in self._plan.terms}
        answer = decide(self._plan, self._policy.name, given, now=_MOMENT)
        got = [each.outcome for each in (answer, *answer.instead)]
        less = next((each for each in got if each not in self._floor.gives), "")
        if not less or answer.outcome == _ASK:
            return None
        words |= {name: value_text(each.value) for name, each in given.items() if name in words}
        return _Below(less, answer.because.clause, self._place_of(answer.because.clause), words)

    def _place_of(self, clause: str) -> Place:
        """Return where the row stands that answers, else the policy."""
        table, _, row = clause.partition("#")
        tables = [each for each in (self._policy.must, self._policy.decides) if each and each.name == table]
        found = (each.place for one in tables for each in one.rows if each.name == row)
        return next(found, self._policy.place)


def _may_get(policy: Policy, outcome: str) -> tuple[str, ...]:
    """Return the outcome, and what the customer may choose instead: none of them may be less than the law grants."""
    clause = policy.outcomes.get(outcome)
    return (outcome, *(clause.instead if clause else ()))


def _needed(plan: Plan, policy: Policy) -> list[Expr]:
    """Return what is required before the policy decides, in the order in which it is asked."""
    shared = [plan.requirements[name].must for name in policy.needs if name in plan.requirements]
    own = [cell.expr for row in (policy.must.rows if policy.must else ()) for cell in row.conditions if cell]
    return [*shared, *own]


def _refusals(plan: Plan, policy: Policy) -> list[str]:
    """Return to what failing each of `_needed` leads."""
    shared = [plan.requirements[name].otherwise for name in policy.needs if name in plan.requirements]
    rows = policy.must.rows if policy.must else ()
    own = [
        row.outputs["else"].text if "else" in row.outputs else "decline"
        for row in rows
        for cell in row.conditions
        if cell
    ]
    return [*shared, *own]


def _finding(floor: Floor, policy: Policy, below: _Below) -> Finding:
    args = {
        "policy": policy.name,
        "floor": floor.name,
        "outcome": below.outcome,
        "gives": several(floor.gives),
        "law": floor.law or floor.name,
        "case": ", ".join(f"{name} = {value}" for name, value in below.words.items()) or "-",
    }
    return finding("K110", Severity.ERROR, below.place, below.clause, shows=below.words, **args)


CHECK = Check({"K110": ERROR, "K111": WARNING, "K112": NOTE}, check_floors)
