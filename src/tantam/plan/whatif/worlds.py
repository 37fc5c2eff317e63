"""The groups that a customer may have been in, as far as lacking facts leave that open."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import product

from tantam.plan.run.case import Case, case_of
from tantam.plan.run.ready import Own, all_own
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.sections import Plan
from tantam.plan.tables.nodes import Expr, Literal, children
from tantam.plan.tables.reach import exprs_in
from tantam.plan.whatif.open_rows import Lacking, causes_of

MOST_OPEN = 6  # groups that are tried in every way; of a customer with more, no condition on the group is known

Need = tuple[str, str]  # a lacking term, and the clause that needs it


@dataclass(frozen=True, slots=True)
class Worlds:
    """cases: one a way that the groups may turn out. lacking: by term. open: {group: lacking terms that decide it}."""

    cases: tuple[Case, ...]
    lacking: Lacking
    open: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def deciding(self, results: Sequence[Hashable]) -> frozenset[Need]:
        """Return the lacking terms of the groups that make a difference. results: one a case."""
        if len(set(results)) < 2:
            return frozenset()
        turning = [name for name in self.open if self._turns(name, results)]
        return frozenset((term, f"groups.{name}") for name in turning or self.open for term in self.open[name])

    def _turns(self, group: str, results: Sequence[Hashable]) -> bool:
        """Whether two ways that differ in this group alone lead to different results."""
        found: dict[frozenset[str], Hashable] = {}
        rest = [case.values["group"] - {group} for case in self.cases]
        return any(found.setdefault(others, result) != result for others, result in zip(rest, results, strict=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is judged. given: facts by term. groups: as history has them, None if unknown. now: of the opening."""

    plan: Plan
    given: Mapping[str, Fact]
    lacking: Lacking
    groups: frozenset[str] | None
    now: datetime


def worlds(asked: Asked) -> Worlds:
    """Return the case in each way that its groups may turn out; one where no lacking fact decides them."""
    own = all_own(asked.plan)
    if not asked.lacking or not own.group or "group" in asked.given:
        return Worlds((case_of(asked.plan, asked.given, now=asked.now),), asked.lacking)
    bare = case_of(asked.plan, asked.given, now=asked.now, own=Own(own.clocks, False))
    states, open_ = _states(bare, asked)
    if len(open_) > MOST_OPEN:
        return Worlds((bare,), {**asked.lacking, "group": frozenset().union(*open_.values())})
    return Worlds(tuple(_in(bare, groups) for groups in dict.fromkeys(_ways(asked.plan, states))), asked.lacking, open_)


def _states(bare: Case, asked: Asked) -> tuple[dict[str, bool | None], dict[str, frozenset[str]]]:
    """Return for each group whether the customer is in it, None where lacking facts decide, and those facts."""
    states: dict[str, bool | None] = {}
    open_: dict[str, frozenset[str]] = {}
    for name, group in asked.plan.groups.items():
        state = bare.holds(group.when).value if group.when is not None else False
        if state is None and group.when is not None:
            causes = causes_of(bare, group.when, asked.lacking)
            if not causes or name not in _spoken_of(asked.plan):
                state = False
            elif asked.groups is not None:
                state = name in asked.groups
            else:
                open_[name] = causes
        states[name] = state
    return states, open_


def _spoken_of(plan: Plan) -> frozenset[str]:
    """Return the groups that triage or promises may ask for, with those that exclude them."""
    known: frozenset[str] | None = plan.prepared.get(_spoken_of)
    if known is None:
        exprs = [expr for table in (*plan.triage, *plan.promises.tables) for expr in exprs_in(table)]
        exprs += [term.computed for term in plan.scope.terms.values() if term.computed is not None]
        exprs += [expr for term in plan.scope.terms.values() if term.table for expr in exprs_in(term.table)]
        words = {value for expr in exprs for value in _values(expr)}
        named = {name for name in plan.groups if name in words}
        known = frozenset(named | {other for name in named for other in plan.groups[name].exclusive})
        plan.prepared[_spoken_of] = known
    return known


def _values(expr: Expr) -> Iterator[object]:
    """Yield the words that stand in an expression."""
    if isinstance(expr, Literal):
        yield from expr.value if isinstance(expr.value, frozenset | tuple) else (expr.value,)
    for child in children(expr):
        yield from _values(child)


def _ways(plan: Plan, states: Mapping[str, bool | None]) -> Iterator[frozenset[str]]:
    """Yield the sets of groups that may be; of two that exclude each other the first, as at the desk."""
    for way in product(*((True, False) if state is None else (state,) for state in states.values())):
        found: list[str] = []
        for name, holds in zip(states, way, strict=True):
            if holds and not set(found) & set(plan.groups[name].exclusive):
                found.append(name)
        yield frozenset(found)


def _in(bare: Case, groups: frozenset[str]) -> Case:
    fact = Fact(groups, Standing.RECORDED)
    return replace(bare, facts={**bare.facts, "group": fact}, values={**bare.values, "group": groups})
